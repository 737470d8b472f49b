package dev.crmsync.console;

import dev.crmsync.inbox.Activity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bars of what became of one source's events, minute by minute, and dots of what was received, ready to be drawn.
 *
 * @param totals events by {@code received} and the ends, over the whole time
 * @param highest events of the busiest minute
 * @param summary the same in words
 */
public record Chart(List<Bar> bars, Map<String, Long> totals, long highest, String summary) {

    public static final int WIDTH = 600;
    public static final int HEIGHT = 96;
    public static final int MINUTES = 30;

    /** The ends in the order of stacking. */
    public static final List<String> ENDS = List.of("delivered", "superseded", "ignored", "dead");

    private static final int STEP = WIDTH / MINUTES;
    private static final int TOP = 6;

    /** One rectangle; {@code kind} names its colour. */
    public record Bar(int x, int y, int width, int height, String kind, String title) {}

    /** @param from the first of the {@value #MINUTES} minutes */
    static Chart of(String source, List<Activity.Minute> minutes, Instant from) {
        Map<Long, Map<String, Long>> byMinute = new LinkedHashMap<>();
        Map<String, Long> totals = new LinkedHashMap<>();
        totals.put(Activity.RECEIVED, 0L);
        ENDS.forEach(end -> totals.put(end, 0L));
        for (Activity.Minute minute : minutes) {
            if (minute.source().equals(source) && totals.containsKey(minute.what())) {
                long place = (minute.minute().toEpochMilli() - from.toEpochMilli()) / 60_000;
                byMinute.computeIfAbsent(place, any -> new LinkedHashMap<>()).put(minute.what(), minute.events());
                totals.merge(minute.what(), minute.events(), Long::sum);
            }
        }
        long highest = Math.max(
                1, byMinute.values().stream().mapToLong(Chart::height).max().orElse(1));
        List<Bar> bars = new ArrayList<>();
        byMinute.forEach((place, events) -> draw(bars, place, events, highest, from));
        return new Chart(bars, totals, highest, summary(source, totals));
    }

    private static long height(Map<String, Long> events) {
        long ended =
                ENDS.stream().mapToLong(end -> events.getOrDefault(end, 0L)).sum();
        return Math.max(ended, events.getOrDefault(Activity.RECEIVED, 0L));
    }

    private static void draw(List<Bar> bars, long place, Map<String, Long> events, long highest, Instant from) {
        int x = (int) place * STEP;
        String time = Display.time(from.plusSeconds(place * 60)).substring(11, 16);
        long below = 0;
        for (String end : ENDS) {
            long count = events.getOrDefault(end, 0L);
            if (count > 0) {
                int bottom = scaled(below, highest);
                int top = Math.max(bottom + 1, scaled(below + count, highest));
                bars.add(new Bar(x + 3, HEIGHT - top, STEP - 6, top - bottom, end, time + ": " + count + " " + end));
                below += count;
            }
        }
        long received = events.getOrDefault(Activity.RECEIVED, 0L);
        if (received > 0) {
            bars.add(new Bar(
                    x,
                    HEIGHT - scaled(received, highest) - 1,
                    STEP,
                    2,
                    Activity.RECEIVED,
                    time + ": " + received + " received"));
        }
    }

    private static int scaled(long events, long highest) {
        return (int) (events * (HEIGHT - TOP) / highest);
    }

    private static String summary(String source, Map<String, Long> totals) {
        StringBuilder words = new StringBuilder(source)
                .append(" in the last ")
                .append(MINUTES)
                .append(" minutes: ");
        totals.forEach(
                (what, events) -> words.append(events).append(' ').append(what).append(", "));
        return words.substring(0, words.length() - 2);
    }
}
