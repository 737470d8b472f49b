package dev.crmsync.inbox;

import static dev.crmsync.inbox.InboxUnderTest.LEASE;
import static dev.crmsync.inbox.InboxUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that loses its connection to PostgreSQL, and another that does not. */
@Timeout(120)
class SessionOwnershipTest {

    private static PostgresServer server;

    private TcpProxy proxy;
    private InboxUnderTest one;
    private InboxUnderTest two;
    private Ownership ofOne;
    private Ownership ofTwo;
    private Leases leases;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void start() throws Exception {
        String url = server.newDatabase();
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        proxy = TcpProxy.to(port);
        one = open(url.replace(":" + port, ":" + proxy.port()));
        two = open(url);
        ofOne = one.inbox.own("one");
        ofTwo = two.inbox.own("two");
        await().until(() -> ofOne.isHeldBy("one") && ofTwo.isHeldBy("two"));
        leases = new Leases(one.inbox, ofOne, LEASE, one.clock, subject -> {});
    }

    private static InboxUnderTest open(String url) {
        return new InboxUnderTest(Database.open(url, PostgresServer.USER, PostgresServer.PASSWORD));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.speakAgain();
        ofOne.close();
        ofTwo.close();
        one.close();
        two.close();
        proxy.close();
    }

    @Test
    void whoseSessionTheServerEndsMayNotWriteAnyMoreAndIsAnOwnerAnew() {
        SubjectClaim claim = claimed();

        two.number("select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory'");

        await().atMost(Duration.ofSeconds(1)).until(() -> !leases.holds(claim));
        await().atMost(Duration.ofSeconds(5)).until(() -> ofOne.isHeldBy("one/2") && leased() == 0);
        assertThat(leases.holds(claim)).isFalse();
        leases.renew();
        assertThat(one.settle(one.delivered(claim))).isEqualTo(SettleResult.LOST);
        SubjectClaim again = one.claimAs("one/2").get(0);
        leases.hold(again, "one/2");
        assertThat(leases.holds(again)).isTrue();
        assertThat(one.settle(one.delivered(again))).isEqualTo(SettleResult.RECORDED);
    }

    @Test
    void whoseConnectionBreaksIsTakenOverByTheOther() {
        SubjectClaim claim = claimed();

        proxy.breakConnections();

        await().atMost(Duration.ofSeconds(1)).until(() -> !leases.holds(claim));
        await().atMost(Duration.ofSeconds(5)).until(() -> two.claimAs("two").size() == 1);
    }

    @Test
    void whoseConnectionFallsSilentMayNotWriteUntilItIsHeardAgain() {
        SubjectClaim claim = claimed();

        proxy.fallSilent();
        await().atMost(Duration.ofSeconds(SessionOwnership.FRESH_SECONDS + 1)).until(() -> !leases.holds(claim));
        assertThat(leased()).as("the server has not given it up").isEqualTo(1);
        proxy.speakAgain();

        await().atMost(Duration.ofSeconds(3)).until(() -> leases.holds(claim));
        assertThat(ofOne.isHeldBy("one")).isTrue();
        assertThat(one.settle(one.delivered(claim))).isEqualTo(SettleResult.RECORDED);
    }

    @Test
    void whoIsSilentForLongIsAnOwnerAnewOnceItIsHeard() {
        SubjectClaim claim = claimed();

        proxy.fallSilent();
        await().atMost(Duration.ofSeconds(30)).until(() -> !ofOne.isHeld());
        await().during(Duration.ofSeconds(DatabaseOpener.GIVE_UP_SECONDS))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !leases.holds(claim));
        proxy.speakAgain();
        proxy.breakConnections();

        await().atMost(Duration.ofSeconds(15)).until(ofOne::isHeld);
        assertThat(ofOne.isHeldBy("one")).isFalse();
        await().until(() -> leased() == 0);
    }

    @Test
    void aServerThatComesBackFindsAllOwnersAnewAndNobodyWaitsForALease() throws Exception {
        SubjectClaim claim = claimed();
        server.stop();
        await().until(() -> !ofOne.isHeld() && !ofTwo.isHeld());

        server.startAgain();

        await().atMost(Duration.ofSeconds(10)).until(() -> ofOne.isHeld() && ofTwo.isHeld());
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> leased() == 0);
        assertThat(leases.holds(claim)).isFalse();
        assertThat(two.claimAs("two/2")).hasSize(1);
        await().until(() -> two.number("select count(*) from owner") == 2);
    }

    @Test
    void theServerLooksAfterSilentHosts() {
        assertThat(two.number("""
                        select count(*) where current_setting('tcp_keepalives_idle')::int
                             + current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int
                             = %d and current_setting('tcp_user_timeout') = '%1$d000'
                        """.formatted(DatabaseOpener.GIVE_UP_SECONDS))).isEqualTo(1);
    }

    private SubjectClaim claimed() {
        one.accept(event("e1", "s1"));
        SubjectClaim claim = one.claimOne();
        leases.hold(claim, "one");
        assertThat(leases.holds(claim)).isTrue();
        return claim;
    }

    private long leased() {
        return two.number("select count(*) from subject where lease_owner is not null");
    }
}
