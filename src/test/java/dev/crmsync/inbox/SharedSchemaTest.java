package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Replicas of one release and of two share a database. */
class SharedSchemaTest {

    private static PostgresServer server;

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

    @Test
    void aReplicaOfThisReleaseWorksOnTheSchemaOfTheNext() throws Exception {
        open().close();
        migrateToTheNextRelease();

        try (Database database = open()) {
            InboxUnderTest replica = new InboxUnderTest(database);
            replica.inbox.accept(List.of(new Received(InboxUnderTest.event("evt_1", "customer:1"), null)));
            assertThat(number("select count(*) from event where state = 'pending'"))
                    .isEqualTo(1);
        }
    }

    /** Adds what a release may add while the one before it still runs: columns without need of a value, and an index. */
    private void migrateToTheNextRelease() throws SQLException {
        for (String change : Stream.of(
                        "alter table event add column next_release text",
                        "alter table subject add column next_release bigint not null default 0",
                        "create index event_next_release on event (next_release)",
                        """
                        insert into flyway_schema_history
                          (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                        values (1000, '1000', 'next release', 'SQL', 'V1000__next_release.sql', 1, 'postgres', 1, true)
                        """)
                .toList()) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(change);
            }
        }
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
