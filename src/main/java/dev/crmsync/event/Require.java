package dev.crmsync.event;

/** Checks that constructors share. */
final class Require {

    private Require() {}

    static String text(String name, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The " + name + " is missing");
        }
        return value;
    }
}
