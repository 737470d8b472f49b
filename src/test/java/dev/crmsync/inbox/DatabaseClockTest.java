package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crmsync.event.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts whose clocks are wrong, on a database server whose clock is right. */
class DatabaseClockTest {

    private static final Clock RIGHT = Clock.systemUTC();

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
    void newDatabase() throws Exception {
        url = server.newDatabase();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "-PT10M"})
    void tellsTheServersTimeWhateverTheHostsIs(Duration wrong) {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        try (Database database = open();
                DatabaseClock clock = DatabaseClock.start(database, Clock.offset(RIGHT, wrong))
                        .measuredIn(metrics)) {
            assertThat(clock.instant()).isCloseTo(RIGHT.instant(), within(5, ChronoUnit.SECONDS));
            assertThat(metrics.get("crm.clock.offset").gauge().value()).isCloseTo(-wrong.toSeconds(), within(5.0));
        }
    }

    @Test
    void leavesAHostAloneWhoseClockIsRight() {
        try (Database database = open();
                DatabaseClock clock = DatabaseClock.start(database, RIGHT)) {
            Instant before = RIGHT.instant();
            Instant told = clock.instant();

            assertThat(told).isBetween(before, RIGHT.instant());
        }
    }

    @Test
    void tellsTheHostsTimeWhereTheDatabaseIsAPartOfThisProcess(@TempDir Path folder) {
        SettableClock host = SettableClock.at("2026-05-26T12:00:00Z");
        try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("inbox.db"), null, null);
                DatabaseClock clock = DatabaseClock.start(database, host)) {
            assertThat(clock.instant()).isEqualTo(host.instant());
        }
    }

    @Test
    void aReplicaWhoseHostIsAheadTakesNoLeaseOfAnother() {
        try (Database one = open();
                Database other = open();
                DatabaseClock right = DatabaseClock.start(one, RIGHT);
                DatabaseClock ahead = DatabaseClock.start(other, Clock.offset(RIGHT, Duration.ofHours(1)))) {
            Inbox first = new Inbox(one, PayloadCipher.plain(), right, new Arrivals());
            Inbox second = new Inbox(other, PayloadCipher.plain(), ahead, new Arrivals());
            first.accept(List.of(new Received(InboxUnderTest.event("e1", "s1"), null)));

            assertThat(first.claim(claimBy("first"))).hasSize(1);
            assertThat(second.claim(claimBy("second"))).isEmpty();
        }
    }

    private static ClaimRequest claimBy(String owner) {
        return new ClaimRequest("pivotal", owner, 100, 1_000, 1 << 20, InboxUnderTest.LEASE);
    }

    private Database open() {
        return Database.open(url, PostgresServer.USER, PostgresServer.PASSWORD);
    }
}
