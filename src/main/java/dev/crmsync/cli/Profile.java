package dev.crmsync.cli;

import java.util.Locale;

/** What is assumed where a setting is silent. */
enum Profile {
    /** SQLite under {@code data/}, the embedded sandbox, generated signing secrets. */
    DEV,
    /** Nothing is assumed that would be unsafe: what is missing stops the start. */
    PROD;

    static Profile read(SettingsReader settings) {
        return settings.read("crm.profile", DEV, "dev or prod", Profile::of);
    }

    private static Profile of(String name) {
        return valueOf(name.trim().toUpperCase(Locale.ROOT));
    }
}
