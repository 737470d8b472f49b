package dev.crmsync.bench;

import dev.crmsync.reliability.SyncProcess;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The live heap while 1,000 and while 1,000,000 events are queued and being delivered: flat. */
final class DoesABacklogFillTheHeap {

    private static final Pattern USED = Pattern.compile("garbage-first heap\\s+total \\d+K, used (\\d+)K");
    private static final int LOOKS = 5;

    private DoesABacklogFillTheHeap() {}

    public static void main(String[] arguments) throws Exception {
        int most = Bench.option("events", 1_000_000);
        Table table = new Table("Live heap after a full collection, while events are being delivered",
                "queued events", "heap MiB");
        try (Bench bench = new Bench()) {
            for (int events : new int[] {20_000, most}) {
                bench.reset();
                bench.queue(events, events);
                bench.sandbox().latency(500);
                try (SyncProcess sync = bench.startSync()) {
                    Bench.until(Duration.ofMinutes(2), Duration.ofMillis(50), () -> bench.pending() < events);
                    double highest = 0;
                    for (int look = 0; look < LOOKS; look++) {
                        jcmd(sync.pid(), "GC.run");
                        highest = Math.max(highest, used(jcmd(sync.pid(), "GC.heap_info")));
                        Thread.sleep(1_000);
                    }
                    table.row(String.valueOf(events), highest);
                    sync.kill();
                }
            }
        }
    }

    private static double used(String heap) {
        Matcher matcher = USED.matcher(heap);
        if (!matcher.find()) {
            throw new IllegalStateException("No heap in: " + heap);
        }
        return Long.parseLong(matcher.group(1)) / 1024.0;
    }

    private static String jcmd(long pid, String command) throws Exception {
        Process process = new ProcessBuilder("jcmd", String.valueOf(pid), command).start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }
}
