package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.SettableClock;
import dev.crmsync.salesforce.RecordedPauses.Pause;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that pass: what is tried again, in calls of how many records, and what is not tried in vain. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PassingFaultsTest {

    private static final SettableClock CLOCK = SettableClock.at("2026-05-26T18:42:00Z");

    private UpsertOrg org;

    @BeforeEach
    void start() {
        org = new UpsertOrg(CLOCK, Duration.ofHours(1), Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        org.close();
    }

    @Test
    void aTriggerThatCannotDoSoManyRowsGetsFewerUntilItCan() {
        org.fault("{\"kind\":\"row-error\",\"fromRows\":13,\"errorCode\":\"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY\","
                + "\"message\":\"System.LimitException: Apex CPU time limit exceeded\"}");

        assertThat(written(org.upsertTogether(UpsertOrg.CONTACT, contacts("cpu", 199))))
                .isZero();
        org.upsertTogether(UpsertOrg.CONTACT, contacts("cpu", 199));
        assertThat(written(org.upsertTogether(UpsertOrg.CONTACT, contacts("cpu", 199))))
                .isEqualTo(199);

        int before = org.requests();
        assertThat(written(org.upsertTogether(UpsertOrg.CONTACT, contacts("others", 48))))
                .as("what was learned holds for other records of the object")
                .isEqualTo(48);
        assertThat(org.requests() - before).isEqualTo(4);

        org.heal();
        CLOCK.advance(CallSize.HOLD);
        for (int grown = 12; grown < 200; grown *= 2) {
            org.upsertTogether(UpsertOrg.CONTACT, contacts("others", grown));
        }
        before = org.requests();
        org.upsertTogether(UpsertOrg.CONTACT, contacts("others", 199));
        assertThat(org.requests() - before)
                .as("calls, once they have grown again")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void aRecordThatFailsInCompanyIsTriedAloneAndItsNeighboursAreNotHeldUp() {
        org.fault("{\"kind\":\"row-error\",\"fromRows\":2,\"key\":\"t:poison0\","
                + "\"errorCode\":\"UNABLE_TO_LOCK_ROW\"}");
        assertThat(written(org.upsertTogether(UpsertOrg.CONTACT, contacts("good", 99, "t:poison0"))))
                .isEqualTo(99);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(written(org.upsertTogether(UpsertOrg.CONTACT, contacts("good", 99, "t:poison0"))))
                    .isEqualTo(99);
        }

        Map<String, Exchange> ends = org.upsertTogether(UpsertOrg.CONTACT, contacts("good", 99, "t:poison0"));

        assertThat(written(ends)).as("alone at last").isEqualTo(100);
    }

    @Test
    void a500ForEveryHalfIsAnOutageAndCostsThreeCalls() {
        org.fault("{\"kind\":\"error\",\"operation\":\"write\",\"status\":500,\"errorCode\":\"UNKNOWN_EXCEPTION\"}");
        int before = org.firings();

        Map<String, Exchange> ends = org.upsertTogether(UpsertOrg.CONTACT, contacts("out", 199));

        assertThat(ends.values()).extracting(Exchange::getException).hasOnlyElementsOfType(UnavailableException.class);
        assertThat(org.firings() - before).isEqualTo(3);
        for (int again = 0; again < 4; again++) {
            org.upsertTogether(UpsertOrg.CONTACT, contacts("out", 199));
        }
        assertThat(org.pauses().all()).extracting(Pause::scope).contains("all");
        assertThat(org.firings() - before).as("calls before all is paused").isLessThan(20);
    }

    @ParameterizedTest
    @CsvSource({"error", "http"})
    void aRecordThatBringsDownItsCallIsFoundAndTheOthersAreWritten(String kind) {
        org.fault("{\"kind\":\"" + kind + "\",\"operation\":\"write\",\"key\":\"t:bad0\",\"status\":500,"
                + "\"errorCode\":\"UNKNOWN_EXCEPTION\"}");
        int before = org.firings();

        Map<String, Exchange> ends = org.upsertTogether(UpsertOrg.CONTACT, contacts("fine", 127, "t:bad0"));

        assertThat(ends.remove("t:bad0").getException()).isInstanceOf(TransientFailureException.class);
        assertThat(written(ends)).isEqualTo(127);
        assertThat(org.firings() - before).as("refused calls").isLessThanOrEqualTo(8);
        assertThat(org.pauses().all()).isEmpty();
    }

    @Test
    void aRecordAtWhichTheConnectionAlwaysBreaksEndsAloneAndHoldsUpNobody() {
        org.fault("{\"kind\":\"drop-before\",\"operation\":\"write\",\"key\":\"t:reset0\"}");
        for (int attempt = 0; attempt < 4; attempt++) {
            org.upsertTogether(UpsertOrg.CONTACT, contacts("near", 19, "t:reset0"));
            CLOCK.advance(Duration.ofMinutes(2));
        }

        Map<String, Exchange> ends = org.upsertTogether(UpsertOrg.CONTACT, contacts("near", 19, "t:reset0"));

        assertThat(ends.remove("t:reset0").getException())
                .as("an attempt, so that it ends after a day")
                .isInstanceOf(TransientFailureException.class);
        assertThat(written(ends)).isEqualTo(19);
    }

    @Test
    void aCallThatAlwaysTimesOutCarriesFewerNextTime() {
        org.close();
        org = new UpsertOrg(CLOCK, Duration.ofHours(1), Duration.ofSeconds(4));
        org.fault("{\"kind\":\"slow\",\"operation\":\"write\",\"fromRows\":51,\"delayMillis\":6000}");
        assertThat(org.upsertTogether(UpsertOrg.CONTACT, contacts("slow", 199)).values())
                .extracting(Exchange::getException)
                .hasOnlyElementsOfType(UnavailableException.class);

        assertThat(written(org.upsertTogether(UpsertOrg.CONTACT, contacts("slow", 199))))
                .isEqualTo(199);
        assertThat(org.pauses().all()).isEmpty();
    }

    @Test
    void anAnswerThatLacksRowsEndsNoneOfThem() {
        org.fault("{\"kind\":\"truncated\",\"operation\":\"write\"}");

        assertThat(org.upsertTogether(UpsertOrg.CONTACT, contacts("cut", 10)).values())
                .extracting(Exchange::getException)
                .hasOnlyElementsOfType(UnavailableException.class);
    }

    @Test
    void aSessionThatEndsInMidBatchIsRenewed() {
        org.fault("{\"kind\":\"error\",\"operation\":\"write\",\"nth\":2,\"errorCode\":\"INVALID_SESSION_ID\"}");
        org.fault("{\"kind\":\"http\",\"operation\":\"write\",\"key\":\"t:bad0\",\"status\":500}");

        Map<String, Exchange> ends = org.upsertTogether(UpsertOrg.CONTACT, contacts("fine", 7, "t:bad0"));

        assertThat(ends.remove("t:bad0").getException()).isNotNull();
        assertThat(written(ends)).isEqualTo(7);
    }

    private static long written(Map<String, Exchange> ends) {
        return ends.values().stream()
                .map(Exchange::getException)
                .filter(Objects::isNull)
                .count();
    }

    private static List<String> contacts(String prefix, int count, String... further) {
        return Stream.concat(Arrays.stream(further), IntStream.range(0, count).mapToObj(i -> "t:" + prefix + i))
                .map(PassingFaultsTest::contact)
                .toList();
    }

    private static String contact(String key) {
        return "{\"Emporix_Key__c\":\"" + key + "\",\"LastName\":\"L\"}";
    }
}
