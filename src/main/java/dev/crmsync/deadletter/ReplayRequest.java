package dev.crmsync.deadletter;

import java.util.List;

/**
 * What a replay job shall do.
 *
 * @param name for people, such as the incident
 * @param reason why
 * @param who asks for it
 * @param filter the events meant, where none are chosen
 * @param chosen the inbox's own numbers of events chosen one by one, at most {@value #MOST_CHOSEN}; or empty
 * @param rate events per second, 1 to {@value #HIGHEST_RATE}
 */
public record ReplayRequest(String name, String reason, String who, EventFilter filter, List<Long> chosen, int rate) {

    public static final int DEFAULT_RATE = 50;
    public static final int HIGHEST_RATE = 1_000;
    public static final int MOST_CHOSEN = 1_000;

    private static final int MAX_TEXT = 2_000;

    public ReplayRequest {
        if (name == null || name.isBlank() || reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("A replay needs a name and a reason");
        }
        if (name.length() > MAX_TEXT || reason.length() > MAX_TEXT) {
            throw new IllegalArgumentException("Name and reason have at most " + MAX_TEXT + " characters");
        }
        if (rate < 1 || rate > HIGHEST_RATE) {
            throw new IllegalArgumentException("The rate is 1 to " + HIGHEST_RATE + " events per second, was: " + rate);
        }
        if (chosen.size() > MOST_CHOSEN) {
            throw new IllegalArgumentException("At most " + MOST_CHOSEN + " events are chosen one by one, were: "
                    + chosen.size() + ": use a filter");
        }
        chosen = List.copyOf(chosen);
    }
}
