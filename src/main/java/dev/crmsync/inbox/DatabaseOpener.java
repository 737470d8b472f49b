package dev.crmsync.inbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.file.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Knows how each database wants to be connected to. */
record DatabaseOpener(String url, String username, String password, int connections) {

    static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String SQLITE = "jdbc:sqlite:";
    private static final long CONNECT_MILLIS = 3_000;

    /** Longer than any of our statements takes; ends the wait for a database host that went away silently. */
    private static final int SOCKET_SECONDS = 20;

    /**
     * A commit that is not on disk must never be answered with 2xx, whatever the server's default. Plans are made for the
     * tables as they are: one that was kept from the first minutes of an empty table reads all of it when it has grown, until
     * somebody gathers statistics. And statements are short: compiling them to machine code costs more than it saves.
     */
    private static final String SESSION = """
            select case when current_setting('synchronous_commit') = 'off'
                        then set_config('synchronous_commit', 'on', false) end,
                   set_config('plan_cache_mode', 'force_custom_plan', false),
                   set_config('jit', 'off', false)
            """;

    DatabaseOpener {
        if (connections < 2) {
            throw new IllegalArgumentException("The inbox needs at least 2 database connections, was: " + connections);
        }
    }

    Database open() {
        if (url.startsWith(POSTGRESQL)) {
            new Migrations(url, username, password).apply("classpath:db/postgresql");
            return new Database(pool(postgres()), new PostgresDialect());
        }
        if (url.startsWith(SQLITE)) {
            createFile(Path.of(withoutParameters(url.substring(SQLITE.length()))));
            new Migrations(url, username, password).apply("classpath:db/sqlite");
            return new Database(pool(sqlite()), new SqliteDialect());
        }
        throw new IllegalArgumentException("Database URL must start with " + POSTGRESQL + " or " + SQLITE + ", was: "
                + withoutParameters(url) + ". Set crm.database.url");
    }

    /** Parameters may hold passwords. */
    static String withoutParameters(String url) {
        return url.replaceFirst("[?].*", "");
    }

    private HikariConfig postgres() {
        HikariConfig config = common();
        config.setUsername(username);
        config.setPassword(password);
        config.setConnectionInitSql(SESSION);
        config.addDataSourceProperty("ApplicationName", "crm-sync");
        config.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_MILLIS / 1000));
        config.addDataSourceProperty("socketTimeout", String.valueOf(SOCKET_SECONDS));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // A server's detail quotes whole rows, personal data included, and would end in a log.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }

    private HikariConfig sqlite() {
        HikariConfig config = common();
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("synchronous", "FULL");
        config.addDataSourceProperty("busy_timeout", "5000");
        config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        config.addDataSourceProperty("foreign_keys", "true");
        return config;
    }

    private HikariConfig common() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("inbox");
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(2, connections));
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setValidationTimeout(CONNECT_MILLIS / 2);
        return config;
    }

    private static HikariDataSource pool(HikariConfig config) {
        return new HikariDataSource(config);
    }

    /** SQLite takes an empty file for an empty database, and gives the files beside it (-wal, -shm) the same rights. */
    private static void createFile(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        createFolder(folder);
        try {
            OwnerOnly.file(file);
            for (String beside : List.of("-wal", "-shm")) {
                Path existing = folder.resolve(file.getFileName() + beside);
                if (Files.exists(existing)) {
                    OwnerOnly.file(existing);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The SQLite file of crm.database.url cannot be created: " + file, e);
        }
    }

    private static void createFolder(Path folder) {
        try {
            OwnerOnly.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder of the SQLite file of crm.database.url cannot be created: " + folder, e);
        }
    }
}
