package dev.crmsync.inbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server that can be stopped and started again. Its time zone, and meanwhile that of this process, is
 * an odd one, so that a time that depends on a zone shows.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "postgres";
    public static final String PASSWORD = "postgres";

    private static final String ODD_ZONE = "Pacific/Chatham";

    private final TimeZone zone = TimeZone.getDefault();
    private final Path data = Files.createTempDirectory("crm-sync-postgres");
    private EmbeddedPostgres server;
    private int databases;

    private PostgresServer() throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone(ODD_ZONE));
        server = builder().start();
    }

    public static PostgresServer start() throws IOException {
        return new PostgresServer();
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("timezone", ODD_ZONE)
                .setServerConfig("listen_addresses", "localhost");
    }

    /** The URL of a new, empty database. */
    public String newDatabase() throws SQLException {
        String name = "inbox" + ++databases;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("create database " + name);
        }
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
    }

    /** Where it keeps its files. */
    public Path files() {
        return data;
    }

    public void stop() throws IOException {
        server.close();
    }

    public void startAgain() throws IOException {
        server = builder().setPort(server.getPort()).start();
    }

    @Override
    public void close() throws IOException {
        TimeZone.setDefault(zone);
        server.close();
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
