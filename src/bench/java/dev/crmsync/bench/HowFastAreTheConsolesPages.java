package dev.crmsync.bench;

import dev.crmsync.reliability.SyncProcess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each page over 1,000,000 events and 50,000 dead letters: p50 and p95 below 200 ms. */
final class HowFastAreTheConsolesPages {

    private static final Pattern OLDER = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");
    private static final int DEEP = 40;
    private static final int WARM_UP = 10;

    private HowFastAreTheConsolesPages() {}

    public static void main(String[] arguments) throws Exception {
        int events = Bench.option("events", 1_000_000);
        int requests = Bench.option("requests", 20);
        Path folder = Files.createTempDirectory("crm-sync-console");
        try (Bench bench = new Bench()) {
            try (SyncProcess migrates = bench.startSync()) {
                migrates.url();
            }
            bench.pause();
            long start = System.nanoTime();
            long dead;
            try (Connection connection = bench.postgres().connect()) {
                LargeHistory.fill(connection, events);
                dead = number(connection, "select max(id) from event where state = 'dead'");
            }
            System.out.printf("Filled in %d s%n", (System.nanoTime() - start) / 1_000_000_000);
            ConsoleClient client = new ConsoleClient(folder);
            try (SyncProcess sync = bench.startSync(client.settings())) {
                client.signIn();
                Table table = new Table(
                        "Milliseconds for a page, " + sync.url() + ", " + events + " events", "page", "p50", "p95", "max");
                for (Map.Entry<String, String> page : pages(client, dead).entrySet()) {
                    measure(client, page.getKey(), page.getValue(), requests, table);
                }
            }
        } finally {
            Files.deleteIfExists(folder.resolve("users"));
            Files.deleteIfExists(folder);
        }
    }

    private static Map<String, String> pages(ConsoleClient client, long dead) throws Exception {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/");
        pages.put("dead letters", "/dead-letters");
        pages.put("dead letters of a source", "/dead-letters?source=plain");
        pages.put("dead letters by error", "/dead-letters?error=DUPLICATES_DETECTED");
        pages.put("dead letters by rare error", "/dead-letters?error=NOTHING_LIKE_IT");
        pages.put("dead letters of a type", "/dead-letters?type=task.completed");
        pages.put("dead letters alike", "/dead-letters?fingerprint=" + encoded("STRING_TOO_LONG|Name|pivotal-customer"));
        pages.put("dead letters by text", "/dead-letters?q=cus_777");
        pages.put("dead letters, page " + DEEP, deep(client, "/dead-letters"));
        pages.put("events", "/events");
        pages.put("events of a source", "/events?source=emporix");
        pages.put("events of a rare type", "/events?type=never.seen");
        pages.put("events of a subject", "/events?subject=customer:cus_777");
        pages.put("events in a state", "/events?state=superseded");
        pages.put("events pending", "/events?state=pending");
        pages.put("events of a time", "/events?from=2026-01-01&to=2027-12-31");
        pages.put("events by id", "/events?q=evt_500000");
        pages.put("events by text", "/events?q=cus_777");
        pages.put("events by text, none", "/events?q=nothing-like-it");
        pages.put("events, page " + DEEP, deep(client, "/events"));
        pages.put("event, dead", "/events/" + dead);
        pages.put("event, other", "/events/" + (dead + 2));
        pages.put("replay preview, one error", "/replays/new?state=dead&error=DUPLICATES_DETECTED");
        pages.put("replay preview, all dead", "/replays/new?state=dead");
        pages.put("replay preview, all ignored", "/replays/new?state=ignored");
        pages.put("replay preview, everything", "/replays/new");
        pages.put("forecast, all dead", "/replays/forecast?state=dead");
        pages.put("forecast, everything", "/replays/forecast");
        pages.put("replays", "/replays");
        pages.put("audit", "/audit");
        pages.put("csv, first byte", "/events.csv");
        pages.put("csv of dead, first byte", "/events.csv?state=dead");
        return pages;
    }

    /** The address of a page that one reaches by going on so often. */
    private static String deep(ConsoleClient client, String path) throws Exception {
        String at = path;
        for (int i = 1; i < DEEP; i++) {
            Matcher older = OLDER.matcher(client.page(at));
            if (!older.find()) {
                throw new IllegalStateException(at + " has no older page");
            }
            at = older.group(1).replace("&amp;", "&");
        }
        return at;
    }

    private static void measure(ConsoleClient client, String name, String path, int requests, Table table)
            throws Exception {
        boolean firstByteOnly = path.startsWith("/events.csv");
        for (int i = 0; i < WARM_UP; i++) {
            client.millis(path, firstByteOnly);
        }
        double[] millis = new double[requests];
        for (int i = 0; i < requests; i++) {
            millis[i] = client.millis(path, firstByteOnly);
        }
        Arrays.sort(millis);
        table.row(name, millis[requests / 2], millis[requests * 95 / 100], millis[requests - 1]);
    }

    private static long number(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
