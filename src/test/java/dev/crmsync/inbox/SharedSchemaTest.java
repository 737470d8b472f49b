package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replicas of one release and of two share a database. */
class SharedSchemaTest {

    private static final String MIGRATIONS = "classpath:db/postgresql";

    private static PostgresServer server;

    @TempDir
    Path later;

    private String url;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void newDatabase() throws SQLException {
        url = server.newDatabase();
    }

    @Test
    void replicasThatStartTogetherMigrateOnce() throws Exception {
        ExecutorService replicas = Executors.newFixedThreadPool(3);
        try {
            Callable<Void> start = () -> {
                open().close();
                return null;
            };
            for (Future<Void> started : replicas.invokeAll(List.of(start, start, start))) {
                started.get();
            }
        } finally {
            replicas.shutdownNow();
        }

        assertThat(number("select count(*) - count(distinct version) from flyway_schema_history"))
                .isZero();
        assertThat(number("select count(*) from flyway_schema_history where not success"))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("laterVersions")
    void anEarlierReleaseGoesOnWhileAMigrationIsAppliedAndAfterIt(String version) throws Exception {
        String before = String.valueOf(Integer.parseInt(version) - 1);
        migrateTo(before);
        EarlierRelease earlier = new EarlierRelease(url);
        ExecutorService pod = Executors.newSingleThreadExecutor();
        Future<Integer> work = pod.submit(earlier);
        await().until(() -> earlier.rounds() > 200 || work.isDone());

        migrateTo(version);

        int then = earlier.rounds();
        await().until(() -> earlier.rounds() > then + 200 || work.isDone());
        earlier.stop();
        int left = work.get();
        pod.shutdown();
        try (Database database = open()) {
            InboxUnderTest replica = new InboxUnderTest(database);
            int claimed = 0;
            for (List<SubjectClaim> claims = replica.claim(); !claims.isEmpty(); claims = replica.claim()) {
                claimed +=
                        claims.stream().mapToInt(claim -> claim.events().size()).sum();
                replica.inbox.settle(claims.stream().map(replica::delivered).toList());
            }
            assertThat(claimed).isEqualTo(left);
        }
    }

    @Test
    void aMigrationGivesWayToAPodThatItBlocks() throws Exception {
        open().close();
        Files.writeString(later.resolve("V1000__later.sql"), """
                alter table subject add column later text;
                alter table event add column later text;
                """);
        ExecutorService pod = Executors.newSingleThreadExecutor();
        try (Connection working = connect();
                Statement statement = working.createStatement()) {
            working.setAutoCommit(false);
            statement.execute("lock table event in row exclusive mode");
            Future<?> migration =
                    pod.submit(() -> migrations().apply(MIGRATIONS, "filesystem:" + later.toAbsolutePath()));
            await().until(() -> number("select count(*) from pg_locks where not granted") > 0);

            statement.execute("lock table subject in row exclusive mode");

            assertThat(migration.isDone()).isFalse();
            working.commit();
            migration.get();
        } finally {
            pod.shutdown();
        }
        assertThat(number("select count(*) from information_schema.columns where column_name = 'later'"))
                .isEqualTo(2);
    }

    private static Stream<String> laterVersions() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/postgresql"))) {
            return files
                    .map(file -> file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"))
                    .filter(version -> Integer.parseInt(version) > 1)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private void migrateTo(String version) {
        migrations().applyUntil(version, MIGRATIONS);
    }

    private Migrations migrations() {
        return new Migrations(url, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    private Database open() {
        return Database.open(url, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    private int number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
