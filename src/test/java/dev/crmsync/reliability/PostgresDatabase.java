package dev.crmsync.reliability;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of its own, which can be held up, and crashed. */
public final class PostgresDatabase implements TestDatabase {

    private final Path data;
    private EmbeddedPostgres server;

    /** Starts a server whose files are in that folder. */
    public PostgresDatabase(Path data) throws IOException {
        this.data = data;
        this.server = builder().start();
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("max_connections", "60");
    }

    @Override
    public String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres&password=postgres";
    }

    @Override
    public void holdingEvents(Step step) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table event in share row exclusive mode");
            step.run();
        }
    }

    @Override
    public boolean isHeldUp() throws SQLException {
        return count(
                        "select count(*) from pg_stat_activity where application_name = 'crm-sync' and wait_event_type = 'Lock'")
                > 0;
    }

    /** Runs the step while commits are durable but not confirmed: they wait for a standby that does not exist. */
    void holdingConfirmations(Step step) throws Exception {
        configure("alter system set synchronous_standby_names = 'nobody'");
        try {
            step.run();
        } finally {
            configure("alter system reset synchronous_standby_names");
        }
    }

    /** True when a commit waits for its confirmation. */
    boolean isConfirmationHeldUp() throws SQLException {
        return count(
                        "select count(*) from pg_stat_activity where application_name = 'crm-sync' and wait_event = 'SyncRep'")
                > 0;
    }

    private void configure(String setting) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(setting);
            statement.execute("select pg_reload_conf()");
        }
    }

    /** Ends the server at once, as a crash does: connections break, and the next start recovers. */
    void crash() throws IOException {
        String postmaster = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(postmaster.trim())).orElseThrow();
        try {
            new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.onExit().join();
    }

    void startAgain() throws IOException {
        int port = server.getPort();
        server.close();
        server = builder().setPort(port).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
