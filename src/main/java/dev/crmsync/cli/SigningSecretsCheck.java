package dev.crmsync.cli;

import dev.crmsync.webhook.SvixSigner;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.spi.PropertiesComponent;

/** Sees to it that every signing secret that the routes ask for is there: made up in {@code dev}, demanded in {@code prod}. */
final class SigningSecretsCheck {

    private final SettingsReader settings;
    private final PropertiesComponent properties;

    SigningSecretsCheck(SettingsReader settings, PropertiesComponent properties) {
        this.settings = settings;
        this.properties = properties;
    }

    /** @return the secrets made up, by setting */
    Properties check(Settings checked) {
        List<DeclaredSecrets.Declared> declared = DeclaredSecrets.in(RouteFiles.find(settings));
        Set<String> missing = new LinkedHashSet<>();
        for (DeclaredSecrets.Declared secrets : declared) {
            if (settings.optional(secrets.setting()).isPresent()) {
                checkForm(secrets.setting());
            } else if (!hasSecretsPerType(secrets.setting()) && missing.add(secrets.setting())) {
                demand(checked, secrets);
            }
        }
        return checked.profile() == Profile.DEV
                ? new DevDefaults(checked.dataDirectory()).signingSecrets(missing)
                : new Properties();
    }

    private void demand(Settings checked, DeclaredSecrets.Declared secrets) {
        if (checked.profile() == Profile.PROD) {
            settings.problem("Signing secret for '" + secrets.source() + "' is missing: set " + secrets.setting()
                    + ", or " + SettingsReader.environmentVariable(secrets.setting()));
        }
    }

    private void checkForm(String setting) {
        for (String secret : settings.text(setting, "").split(",")) {
            if (secret.trim().startsWith("whsec_")) {
                try {
                    new SvixSigner(secret.trim(), Clock.systemUTC());
                } catch (IllegalArgumentException e) {
                    settings.problem(setting + " holds an unusable secret: " + e.getMessage());
                }
            }
        }
    }

    private boolean hasSecretsPerType(String setting) {
        String environment = SettingsReader.environmentVariable(setting) + "_";
        return !properties
                        .loadProperties(name -> name.startsWith(setting + "."))
                        .isEmpty()
                || System.getProperties().stringPropertyNames().stream()
                        .anyMatch(name -> name.startsWith(setting + "."))
                || Map.copyOf(System.getenv()).keySet().stream().anyMatch(name -> name.startsWith(environment));
    }
}
