package dev.crmsync.console;

/**
 * Where an attempt to sign in comes from.
 *
 * @param id a browser's or an address
 * @param isKnown whether it is a browser in which the same person has signed in before
 */
record Origin(String id, boolean isKnown) {

    static Origin device(String id) {
        return new Origin("device " + id, true);
    }

    static Origin address(String address) {
        return new Origin(address, false);
    }
}
