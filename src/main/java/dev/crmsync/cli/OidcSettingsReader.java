package dev.crmsync.cli;

import dev.crmsync.console.OidcSettings;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads where people sign in at an OpenID provider. */
final class OidcSettingsReader {

    private static final String PREFIX = "crm.console.oidc.";
    private static final String EXAMPLE = "https://id.example.com/realms/acme";

    private OidcSettingsReader() {}

    /** @return null without {@code crm.console.oidc.issuer} */
    static OidcSettings read(SettingsReader settings, boolean isDev) {
        if (settings.optional(PREFIX + "issuer").isEmpty()) {
            if (settings.optional(PREFIX + "client-id").isPresent()) {
                settings.required(PREFIX + "issuer", "the OpenID provider's base URL, such as " + EXAMPLE);
            }
            return null;
        }
        return new OidcSettings(
                issuer(settings, isDev),
                settings.required(PREFIX + "client-id", "the client that the OpenID provider knows crm-sync as"),
                settings.optional(PREFIX + "client-secret").orElse(null),
                redirectUrl(settings, isDev),
                List.of(settings.text(PREFIX + "scopes", "openid profile email").split("[ ,]+")),
                settings.text(PREFIX + "name-claim", "preferred_username"),
                settings.text(PREFIX + "roles-claim", "roles"),
                values(settings.text(PREFIX + "operator-roles", "operator")),
                values(settings.text(PREFIX + "viewer-roles", "viewer")),
                values(settings.text(PREFIX + "api-clients", "")));
    }

    private static String issuer(SettingsReader settings, boolean isDev) {
        String issuer = url(settings, "issuer", settings.text(PREFIX + "issuer", ""), isDev, EXAMPLE);
        return issuer == null || !issuer.endsWith("/") ? issuer : issuer.substring(0, issuer.length() - 1);
    }

    private static String redirectUrl(SettingsReader settings, boolean isDev) {
        String example = "https://crm-sync.example.com" + OidcSettings.CALLBACK;
        String url = isDev
                ? settings.optional(PREFIX + "redirect-url").orElse(null)
                : settings.required(
                        PREFIX + "redirect-url", "where browsers come back from signing in, such as " + example);
        if (url == null) {
            return null;
        }
        String checked = url(settings, "redirect-url", url, isDev, example);
        if (checked != null && !OidcSettings.CALLBACK.equals(URI.create(checked).getPath())) {
            settings.problem(PREFIX + "redirect-url is '" + url + "', its path must be " + OidcSettings.CALLBACK);
        }
        return checked;
    }

    private static String url(SettingsReader settings, String name, String value, boolean isDev, String example) {
        return isDev ? settings.url(PREFIX + name, value, example) : settings.secureUrl(PREFIX + name, value, example);
    }

    private static Set<String> values(String list) {
        return Set.copyOf(Stream.of(list.split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList());
    }
}
