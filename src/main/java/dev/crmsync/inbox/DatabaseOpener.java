package dev.crmsync.inbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.file.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** Knows how each database wants to be connected to. */
record DatabaseOpener(String url, String username, String password, int connections) {

    static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String SQLITE = "jdbc:sqlite:";
    private static final long CONNECT_MILLIS = 3_000;

    /** Longer than any of our statements takes; ends the wait for a database host that went away silently. */
    private static final int SOCKET_SECONDS = 20;

    /** After which the server ends the session of a host that went away silently, and with it its locks. */
    static final int GIVE_UP_SECONDS = 15;

    /** How long the session that shows that a process is alive waits for an answer: less than the server does. */
    private static final int OWNER_SOCKET_SECONDS = 10;

    /**
     * A commit that is not on disk must never be answered with 2xx, whatever the server's default. Plans are made for the
     * tables as they are: one that was kept from the first minutes of an empty table reads all of it when it has grown, until
     * somebody gathers statistics. Statements are short: compiling them to machine code costs more than it saves. And a host
     * that is gone must not keep its row locks, nor the lock that says that it is alive.
     */
    private static final String SESSION = """
            select case when current_setting('synchronous_commit') = 'off'
                        then set_config('synchronous_commit', 'on', false) end,
                   set_config('plan_cache_mode', 'force_custom_plan', false),
                   set_config('jit', 'off', false),
                   set_config('tcp_keepalives_idle', '6', false),
                   set_config('tcp_keepalives_interval', '3', false),
                   set_config('tcp_keepalives_count', '3', false),
                   set_config('tcp_user_timeout', '%d', false)
            """.formatted(GIVE_UP_SECONDS * 1_000);

    DatabaseOpener {
        if (connections < 2) {
            throw new IllegalArgumentException("The inbox needs at least 2 database connections, was: " + connections);
        }
    }

    Database open() {
        if (url.startsWith(POSTGRESQL)) {
            new Migrations(url, username, password).apply("classpath:db/postgresql");
            return new Database(
                    pool(postgres()),
                    new PostgresDialect(),
                    (process, owners, workers) -> SessionOwnership.start(this::ownerSession, process, owners, workers));
        }
        if (url.startsWith(SQLITE)) {
            Path file = Path.of(withoutParameters(url.substring(SQLITE.length())));
            createFile(file);
            new Migrations(url, username, password).apply("classpath:db/sqlite");
            return new Database(
                    pool(sqlite()),
                    new SqliteDialect(),
                    (process, owners, workers) -> FileOwnership.start(realPath(file), process, owners, workers));
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
        config.setDataSourceProperties(postgresProperties(SOCKET_SECONDS));
        return config;
    }

    private static Properties postgresProperties(int socketSeconds) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "crm-sync");
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_MILLIS / 1000));
        properties.setProperty("socketTimeout", String.valueOf(socketSeconds));
        properties.setProperty("tcpKeepAlive", "true");
        // A server's detail quotes whole rows, personal data included, and would end in a log.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    /** Not from the pool, which would give it to others, close it when it is old, and may have none left. */
    private Connection ownerSession() throws SQLException {
        Properties properties = postgresProperties(OWNER_SOCKET_SECONDS);
        if (username != null) {
            properties.setProperty("user", username);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
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

    /** The same for all processes, by whatever links they name the file. */
    private static Path realPath(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("The SQLite file of crm.database.url is gone: " + file, e);
        }
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
