package dev.crmsync.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant. */
public final class Names {

    private Names() {}

    /** {@code ": did you mean X?"} when one of the names is close to what was written, otherwise the advice. */
    public static String didYouMean(String written, Collection<String> names, String advice) {
        int near = Math.max(2, written.length() / 4);
        Optional<String> closest = names.stream()
                .filter(name -> distance(written, name) <= near)
                .min(Comparator.comparingInt(name -> distance(written, name)));
        return closest.map(name -> ": did you mean " + name + "?").orElse(": " + advice);
    }

    /** Levenshtein's distance, upper and lower case being the same. */
    private static int distance(String one, String other) {
        String left = one.toLowerCase(Locale.ROOT);
        String right = other.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
