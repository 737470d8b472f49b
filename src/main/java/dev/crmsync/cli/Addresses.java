package dev.crmsync.cli;

/**
 * Base URLs of the parts, as seen from this machine.
 *
 * @param console null while there is none
 * @param sandbox null when a real org is used
 */
record Addresses(String webhooks, String console, String sandbox, String management) {

    static String local(int port) {
        return "http://localhost:" + port;
    }
}
