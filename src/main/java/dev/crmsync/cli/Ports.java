package dev.crmsync.cli;

/**
 * Where the parts listen; 0 means any free port.
 *
 * @param host the address to bind: by default this machine only in {@code dev}, else all interfaces
 * @param webhooks senders post here
 * @param console operators' pages and JSON API
 * @param sandbox the embedded Salesforce
 * @param management health and metrics
 */
record Ports(String host, int webhooks, int console, int sandbox, int management) {

    static final String LOOPBACK = "127.0.0.1";
    static final int WEBHOOKS = 8080;
    static final int CONSOLE = 8081;
    static final int SANDBOX = 8082;
    static final int MANAGEMENT = 9876;

    static Ports read(SettingsReader settings, boolean dev) {
        return new Ports(
                settings.text("crm.http.host", dev ? LOOPBACK : "0.0.0.0"),
                port(settings, "crm.webhooks.port", WEBHOOKS),
                port(settings, "crm.console.port", CONSOLE),
                port(settings, "crm.sandbox.port", SANDBOX),
                port(settings, "crm.management.port", MANAGEMENT));
    }

    private static int port(SettingsReader settings, String name, int otherwise) {
        return settings.number(name, 0, 65535, otherwise);
    }
}
