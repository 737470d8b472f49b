package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PostgresOutageTest {

    private PostgresServer server;
    private InboxUnderTest inbox;

    @BeforeEach
    void start() throws Exception {
        server = PostgresServer.start();
        inbox = new InboxUnderTest(Database.open(server.newDatabase(), PostgresServer.USER, PostgresServer.PASSWORD));
    }

    @AfterEach
    void stop() throws Exception {
        inbox.close();
        server.close();
    }

    @Test
    void whileTheDatabaseIsDownCallersAreToldInTimeAndAfterwardsItGoesOn() throws Exception {
        Duration wait = Duration.ofSeconds(2);
        try (AcceptQueue queue = new AcceptQueue(inbox.inbox, GroupLimits.DEFAULT, wait)) {
            assertThat(queue.accept(new Received(event("before", "s1"), null))).isTrue();
            server.stop();

            long started = System.nanoTime();
            assertThatThrownBy(() -> queue.accept(new Received(event("during", "s1"), null)))
                    .isInstanceOf(InboxUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(wait.plusSeconds(1));

            server.startAgain();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(InboxUnavailableException.class)
                    .until(() -> inbox.inbox.accept(List.of(new Received(event("after", "s1"), null))) != null);
            assertThat(queue.accept(new Received(event("before", "s1"), null))).isFalse();
        }
    }

    @Test
    void whatWasDeliveredWhileTheDatabaseWasDownIsRecordedWhenItIsBack() throws Exception {
        inbox.accept(event("e1", "s1"));
        SubjectClaim claim = inbox.claimOne();
        try (GroupSettler settler = new GroupSettler(inbox.inbox)) {
            server.stop();
            CompletableFuture<SettleResult> result = settler.settle(inbox.delivered(claim));
            assertThat(result).isNotDone();

            server.startAgain();

            assertThat(result.get()).isEqualTo(SettleResult.RECORDED);
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedIsToldAtTheStart() throws Exception {
        String url = server.newDatabase();
        server.stop();
        try {
            assertThatThrownBy(() -> Database.open(url, PostgresServer.USER, PostgresServer.PASSWORD))
                    .isInstanceOf(InboxUnavailableException.class)
                    .hasMessageContaining("cannot be used: Connection to localhost:");
        } finally {
            server.startAgain();
        }
    }
}
