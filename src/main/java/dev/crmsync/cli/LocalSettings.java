package dev.crmsync.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** The settings as the application beside a command sees them: mounted file, system property, environment, file, generated. */
final class LocalSettings {

    private final Properties mounted = MountedSettings.in(System.getenv(MountedSettings.VARIABLE));
    private final Properties file = load(Path.of("application.properties"));

    /** The value of a setting as it is written. */
    Optional<String> get(String setting) {
        return Optional.ofNullable(mounted.getProperty(setting))
                .or(() -> Optional.ofNullable(System.getProperty(setting)))
                .or(() -> Optional.ofNullable(System.getenv(SettingsReader.environmentVariable(setting))))
                .or(() -> Optional.ofNullable(file.getProperty(setting)));
    }

    /**
     * The secret that signs: the first of the setting's list, else the one the {@code dev} profile has made up; null for
     * an event type of Emporix without one of its own.
     *
     * @throws IllegalStateException when there is none
     */
    String signingSecret(String setting) {
        return get(setting)
                .or(() -> Optional.ofNullable(generated().getProperty(setting)))
                .map(list -> list.split(",")[0].trim())
                .orElseGet(() -> missing(setting));
    }

    private Properties generated() {
        return load(Path.of(get("crm.data.directory").orElse("data")).resolve(DevDefaults.FILE));
    }

    private static String missing(String setting) {
        if (setting.toLowerCase(Locale.ROOT).matches("crm\\.[a-z]+\\.signing-secrets\\..*")) {
            return null;
        }
        throw new IllegalStateException("Signing secret is missing: set " + setting
                + ", or start the application once in the dev profile, which makes one up");
    }

    private static Properties load(Path path) {
        Properties properties = new Properties();
        if (Files.exists(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                properties.load(in);
            } catch (IOException e) {
                throw new IllegalStateException("Cannot read " + path + ": " + e.getMessage(), e);
            }
        }
        return properties;
    }
}
