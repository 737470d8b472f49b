package dev.crmsync.console;

import java.util.Locale;

/** What a person may do. */
public enum Role {
    /** Looks, with personal data masked. */
    VIEWER,
    /** Looks, reveals, replays, discards, pauses. */
    OPERATOR;

    /** @throws IllegalArgumentException when there is none of that name */
    static Role of(String name) {
        return valueOf(name.strip().toUpperCase(Locale.ROOT));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
