package dev.crmsync.cli;

import dev.crmsync.webhook.SvixSigner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
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
        if (checked.profile() == Profile.PROD) {
            declared.stream()
                    .map(this::sharing)
                    .flatMap(Optional::stream)
                    .distinct()
                    .forEach(settings::problem);
        }
        return checked.profile() == Profile.DEV
                ? new DevDefaults(checked.dataDirectory()).signingSecrets(missing)
                : new Properties();
    }

    private void demand(Settings checked, DeclaredSecrets.Declared secrets) {
        if (checked.profile() == Profile.PROD && secrets.ownSecretFor().isEmpty()) {
            settings.problem("Signing secret for '" + secrets.source() + "' is missing: set " + secrets.setting()
                    + ", or " + SettingsReader.environmentVariable(secrets.setting()));
        }
    }

    /** What is signed for one type could be posted as another, if both have a secret in common. */
    private Optional<String> sharing(DeclaredSecrets.Declared declared) {
        Map<String, Set<String>> secrets = secrets(declared.setting());
        List<String> to = new ArrayList<>();
        for (String type : declared.ownSecretFor()) {
            String setting = declared.setting() + "." + type;
            Set<String> own = secrets.getOrDefault(SettingsReader.environmentVariable(setting), Set.of());
            boolean shared = secrets.entrySet().stream()
                    .anyMatch(other -> !other.getKey().equals(SettingsReader.environmentVariable(setting))
                            && !Collections.disjoint(other.getValue(), own));
            if (own.isEmpty() || shared) {
                to.add(setting);
            }
        }
        return to.isEmpty()
                ? Optional.empty()
                : Optional.of("Event types of '" + declared.source() + "' that change data need a signing secret each,"
                        + " or one could be posted as another: set " + String.join(", ", to)
                        + " to secrets that no other type has, and the sender likewise");
    }

    /** The secrets of the setting and of those below it, by the name of their environment variable. */
    private Map<String, Set<String>> secrets(String setting) {
        Map<String, Set<String>> secrets = new HashMap<>();
        for (String name : names(setting)) {
            settings.optional(name)
                    .ifPresent(value -> secrets.computeIfAbsent(
                                    SettingsReader.environmentVariable(name), any -> new HashSet<>())
                            .addAll(List.of(value.split("\\s*,\\s*"))));
        }
        return secrets;
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
        return names(setting).size() > 1;
    }

    /** The setting, and those below it that are set anywhere. */
    private Set<String> names(String setting) {
        Predicate<String> below = name -> name.startsWith(setting + ".");
        String environment = SettingsReader.environmentVariable(setting) + "_";
        Set<String> names = new LinkedHashSet<>(Set.of(setting));
        names.addAll(properties.loadProperties(below).stringPropertyNames());
        System.getProperties().stringPropertyNames().stream().filter(below).forEach(names::add);
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith(environment))
                .map(name ->
                        setting + "." + name.substring(environment.length()).toLowerCase(Locale.ROOT))
                .forEach(names::add);
        return names;
    }
}
