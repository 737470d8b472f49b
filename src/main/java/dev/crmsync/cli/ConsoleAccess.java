package dev.crmsync.cli;

import dev.crmsync.console.OidcSettings;
import java.nio.file.Path;

/**
 * Who may use the console, and how browsers reach it.
 *
 * @param usersFile null in {@code dev} for one generated user, in {@code prod} for no users with passwords
 * @param devPassword of the generated user, null to make one up; {@code dev} only
 * @param behindTls whether browsers come through TLS
 * @param oidc where people sign in besides, or null
 */
record ConsoleAccess(Path usersFile, String devPassword, boolean behindTls, OidcSettings oidc) {

    static ConsoleAccess read(SettingsReader settings) {
        boolean isDev = settings.text("crm.profile", "dev").equalsIgnoreCase("dev");
        return new ConsoleAccess(
                settings.optional("crm.console.users-file").map(Path::of).orElse(null),
                isDev ? settings.optional("crm.console.dev-password").orElse(null) : null,
                settings.flag("crm.console.behind-tls", !isDev),
                OidcSettingsReader.read(settings, isDev));
    }
}
