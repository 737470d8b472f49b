package dev.crmsync.console;

/**
 * @param host the address to bind
 * @param port 0 for any free one
 * @param behindTls whether browsers come through TLS, so that cookies are theirs alone
 * @param salesforceUrl where a record's page is, or null
 * @param oidc where people sign in besides with a password, or null
 */
public record ConsoleSettings(String host, int port, boolean behindTls, String salesforceUrl, OidcSettings oidc) {}
