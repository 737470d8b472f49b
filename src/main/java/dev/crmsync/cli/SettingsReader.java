package dev.crmsync.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads single settings and gathers what is wrong with them, so that one start shows all problems. */
final class SettingsReader {

    private final Function<String, Optional<String>> lookup;
    private final List<String> problems = new ArrayList<>();

    /** @param lookup resolves a setting by name from files, environment and system properties */
    SettingsReader(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    /** The trimmed value; blank counts as absent. Mounted files often end in a newline. */
    Optional<String> optional(String name) {
        return lookup.apply(name).map(String::trim).filter(value -> !value.isEmpty());
    }

    String text(String name, String otherwise) {
        return optional(name).orElse(otherwise);
    }

    /** A setting without which there is no start; null when it is missing, which is noted. */
    String required(String name, String purpose) {
        return optional(name).orElseGet(() -> {
            problem(name + " is missing (" + purpose + "): set it in application.properties, or as "
                    + environmentVariable(name));
            return null;
        });
    }

    int number(String name, int min, int max, int otherwise) {
        return read(name, otherwise, "a whole number from " + min + " to " + max, value -> {
            int number = Integer.parseInt(value);
            if (number < min || number > max) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    boolean flag(String name, boolean otherwise) {
        return read(name, otherwise, "true or false", value -> {
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException();
            }
            return Boolean.valueOf(value);
        });
    }

    Duration duration(String name, Duration otherwise) {
        return read(name, otherwise, "a duration such as 30s, 15m or 24h", Durations::parse);
    }

    <T> T read(String name, T otherwise, String expected, Function<String, T> parse) {
        Optional<String> value = optional(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return parse.apply(value.get());
        } catch (IllegalArgumentException malformed) {
            problem(name + " is '" + value.get() + "', expected " + expected);
            return otherwise;
        }
    }

    /** An absolute http or https URL, or null with a problem noted. */
    String url(String name, String value, String example) {
        try {
            URI uri = new URI(value);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return value;
            }
        } catch (URISyntaxException malformed) {
            // the message below says it
        }
        problem(name + " is '" + value + "', expected a URL such as " + example);
        return null;
    }

    /**
     * The same, but only with https, since secrets go there. What stays on this machine may be http: nobody listens there,
     * and a sandbox has no certificate.
     */
    String secureUrl(String name, String value, String example) {
        String url = url(name, value, example);
        if (url == null
                || url.startsWith("https:")
                || isThisMachine(URI.create(url).getHost())) {
            return url;
        }
        problem(name + " is '" + url + "', must begin with https:// in prod: set one such as " + example);
        return null;
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
    }

    void problem(String problem) {
        problems.add(problem);
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    static String environmentVariable(String name) {
        return name.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
