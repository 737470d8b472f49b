package dev.crmsync.bench;

import dev.crmsync.reliability.JarProcess;
import dev.crmsync.reliability.Sender;
import dev.crmsync.reliability.SyncProcess;
import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Signed webhooks a second that are answered durably, beside bare servers that only answer, or only verify and commit.
 * Every server and the sender are processes of their own; on PostgreSQL, then on SQLite.
 *
 * <p>{@code -Dwarmup=60 -Dseconds=30 -Dconnections=32}; a quick look: {@code -Dwarmup=8 -Dseconds=5 -Ddatabases=PostgreSQL}.
 */
final class HowFastAreWebhooksAccepted {

    private final int connections = Bench.option("connections", 32);
    private final int warmUp = Bench.option("warmup", 60);
    private final int seconds = Bench.option("seconds", 30);
    private final Bench bench;
    private final Table table = new Table(
            "Webhooks a second, " + connections + " connections, " + warmUp + " s of warm-up, " + seconds
                    + " s measured. Goals: paused 0.5 of verify and commit with p99 15 ms, delivering 0.25;"
                    + " after 20 s half the warm rate",
            "database, server", "requests/s", "p50 ms", "p99 ms", "of commit", "CPU µs each", "refused", "at 20 s");

    private double reference;
    private int runs;

    private HowFastAreWebhooksAccepted(Bench bench) {
        this.bench = bench;
    }

    public static void main(String[] arguments) throws Exception {
        try (Bench bench = new Bench()) {
            HowFastAreWebhooksAccepted question = new HowFastAreWebhooksAccepted(bench);
            String databases = System.getProperty("databases", "PostgreSQL,SQLite");
            if (databases.contains("PostgreSQL")) {
                question.on("PostgreSQL", bench.postgres()::url);
            }
            if (databases.contains("SQLite")) {
                question.on("SQLite", bench::sqlite);
            }
        }
    }

    /** @param database yields the URL of an empty one */
    private void on(String name, Supplier<String> database) throws Exception {
        bare(name + ", bare, verifies and commits", database.get());
        bare(name + ", bare, answers only");
        sync(name + ", crm-sync, paused", database.get(), true);
        sync(name + ", crm-sync, delivering", database.get(), false);
    }

    private void bare(String what, String... database) throws Exception {
        bench.reset();
        int port = JarProcess.freePort();
        String[] arguments = new String[database.length + 1];
        arguments[0] = Sender.SECRET;
        System.arraycopy(database, 0, arguments, 1, database.length);
        try (BenchProcess server = BenchProcess.server(BareServer.class, Bench.java(), port, arguments)) {
            LoadResult result = load(port, server.pid());
            if (database.length > 0) {
                reference = result.rate();
            }
            row(what, result, "");
        }
    }

    private void sync(String what, String database, boolean paused) throws Exception {
        bench.reset();
        if (paused) {
            Bench.pause(database);
        }
        long start = System.currentTimeMillis();
        try (SyncProcess sync = bench.startSyncOn(database)) {
            LoadResult result = load(URI.create(sync.url()).getPort(), sync.pid());
            row(what, result, result.partOfWarmRate(start, 18, 22));
        }
    }

    private LoadResult load(int port, long server) throws Exception {
        return BenchProcess.load(
                port, server, String.format(Locale.ROOT, "r%03d", ++runs), Sender.SECRET, connections, warmUp, seconds);
    }

    private void row(String what, LoadResult result, Object atTwenty) {
        table.row(
                what, result.rate(), result.p50(), result.p99(), result.rate() / reference, result.cpuMicros(), result.refused(), atTwenty);
    }
}
