package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.DeliveryControl;
import dev.crmsync.event.SettableClock;
import dev.crmsync.salesforce.RecordedPauses.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that alone is refused harms no other; a set-up that refuses all of them pauses their object. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RefusedRecordsTest {

    private static final SettableClock CLOCK = SettableClock.at("2026-05-26T18:42:00Z");
    private static final String LOCKED =
            "{\"kind\":\"row-error\",\"key\":\"t:locked\",\"errorCode\":\"INSUFFICIENT_ACCESS_OR_READONLY\"}";

    private static UpsertOrg org;

    @BeforeAll
    static void start() {
        org = new UpsertOrg(CLOCK, Duration.ofHours(1), Duration.ofSeconds(30));
    }

    @AfterAll
    static void stop() {
        org.close();
    }

    @BeforeEach
    void allIsWell() {
        assertThat(org.upsert(contact("t:before")).getException()).isNull();
    }

    @AfterEach
    void heal() {
        org.heal();
        CLOCK.advance(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSUFFICIENT_ACCESS_OR_READONLY",
                "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                "INVALID_FIELD",
                "INVALID_TYPE",
                "ENTITY_IS_LOCKED"
            })
    void aRowThatAloneIsRefusedIsADeadLetterAndPausesNothing(String code) {
        org.fault("{\"kind\":\"row-error\",\"key\":\"t:1\",\"errorCode\":\"" + code + "\"}");

        Map<String, Exchange> ends = org.upsertTogether(UpsertOrg.CONTACT, contacts(3));

        assertThat(ends.get("t:1").getException()).isInstanceOf(PermanentFailureException.class);
        assertThat(ends.get("t:0").getException()).isNull();
        assertThat(ends.get("t:2").getException()).isNull();
        assertThat(org.pauses().all()).isEmpty();
    }

    @Test
    void aLockedRecordThatTravelsAloneDoesNotThrottleItsObject() {
        org.fault(LOCKED);
        for (int i = 0; i < 3; i++) {
            assertThat(org.failure(contact("t:locked")))
                    .as("as long as nobody else was written, it may be the set-up")
                    .isInstanceOf(ConfigurationFailureException.class);
        }
        assertThat(org.pauses().all()).isEmpty();

        assertThat(org.upsert(contact("t:free")).getException()).isNull();

        assertThat(org.failure(contact("t:locked"))).isInstanceOf(PermanentFailureException.class);
    }

    @Test
    void aSetUpThatRefusesEveryRowPausesItsObjectAndNamesFieldAndMessage() {
        org.control("PUT", "/settings", "{\"readOnlyFields\":[\"Contact.Title\"]}");

        Map<String, Exchange> ends = org.upsertTogether(
                UpsertOrg.CONTACT, List.of(contact("t:a", "\"Title\":\"Dr\""), contact("t:b", "\"Title\":\"Prof\"")));

        assertThat(ends.values())
                .extracting(Exchange::getException)
                .hasOnlyElementsOfType(ConfigurationFailureException.class);
        assertThat(org.pauses().all()).singleElement().satisfies(pause -> {
            assertThat(pause.scope()).isEqualTo(DeliveryControl.object("Contact"));
            assertThat(pause.reason())
                    .contains("Contact", "INVALID_FIELD_FOR_INSERT_UPDATE on Title", "Unable to create/update fields");
        });
        assertThat(org.failure(contact("t:later")).getFailure().message())
                .as("who comes meanwhile learns why")
                .contains("Unable to create/update fields: Title");
    }

    @Test
    void twoRecordsThatAreRefusedAlikeOneAfterTheOtherPauseTheirObject() {
        org.control("PUT", "/settings", "{\"readOnlyFields\":[\"Contact.Title\"]}");

        org.failure(contact("t:first", "\"Title\":\"Dr\""));
        assertThat(org.pauses().all()).isEmpty();
        org.failure(contact("t:second", "\"Title\":\"Dr\""));

        assertThat(org.pauses().all()).extracting(Pause::scope).containsExactly(DeliveryControl.object("Contact"));
    }

    @Test
    void aMappingWithAnUnknownColumnHarmsOnlyItsOwnRecords() {
        List<String> mixed = new ArrayList<>(contacts(60));
        for (int i = 0; i < 90; i++) {
            mixed.add(contact("t:wrong" + i, "\"Nope__c\":\"x\""));
        }
        int before = org.requests();

        Map<String, Exchange> ends = org.upsertTogether(UpsertOrg.CONTACT, mixed);

        assertThat(ends).allSatisfy((key, end) -> {
            if (key.startsWith("t:wrong")) {
                assertThat(end.getException()).isInstanceOf(PermanentFailureException.class);
            } else {
                assertThat(end.getException()).isNull();
            }
        });
        assertThat(org.requests() - before).as("calls").isLessThan(10);
        assertThat(org.pauses().all()).isEmpty();
    }

    @Test
    void anUnknownColumnInEveryRowPausesAfterThreeCalls() {
        int before = org.requests();

        Map<String, Exchange> ends = org.upsertTogether(
                UpsertOrg.CONTACT,
                IntStream.range(0, 100)
                        .mapToObj(i -> contact("t:wrong" + i, "\"Nope__c\":\"x\""))
                        .toList());

        assertThat(ends.values())
                .extracting(Exchange::getException)
                .hasOnlyElementsOfType(ConfigurationFailureException.class);
        assertThat(org.requests() - before).isEqualTo(3);
        assertThat(org.pauses().all()).extracting(Pause::scope).containsExactly(DeliveryControl.object("Contact"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 406})
    void aRecordThatAFirewallTakesForAnAttackIsADeadLetterAndItsNeighboursAreWritten(int status) {
        org.fault("{\"kind\":\"http\",\"operation\":\"write\",\"key\":\"t:7\",\"status\":" + status
                + ",\"body\":\"<html>blocked</html>\"}");

        Map<String, Exchange> ends = org.upsertTogether(UpsertOrg.CONTACT, contacts(20));

        assertThat(UpsertOrg.failure(ends.remove("t:7"))).isInstanceOf(PermanentFailureException.class);
        assertThat(ends.values()).extracting(Exchange::getException).containsOnlyNulls();
        assertThat(org.pauses().all()).isEmpty();
    }

    @Test
    void aGatewayThatLetsNothingThroughPausesInsteadOfDeadLetteringTheStream() {
        org.fault("{\"kind\":\"http\",\"operation\":\"write\",\"status\":400,\"body\":\"<html>closed</html>\"}");

        Map<String, Exchange> ends = org.upsertTogether(UpsertOrg.CONTACT, contacts(20));

        assertThat(ends.values())
                .extracting(Exchange::getException)
                .hasOnlyElementsOfType(ConfigurationFailureException.class);
        assertThat(org.pauses().all()).extracting(Pause::scope).containsExactly(DeliveryControl.ALL);
    }

    @Test
    void anObjectThatIsNotThereIsTheSetUpAtOnce() {
        assertThat(UpsertOrg.failure(org.upsert("upsert:Nope__c?key=Emporix_Key__c", contact("t:a"), Map.of())))
                .isInstanceOf(ConfigurationFailureException.class);

        assertThat(org.pauses().all()).extracting(Pause::scope).containsExactly(DeliveryControl.object("Nope__c"));
    }

    private static List<String> contacts(int count) {
        return IntStream.range(0, count).mapToObj(i -> contact("t:" + i)).toList();
    }

    private static String contact(String key) {
        return contact(key, "\"FirstName\":\"F\"");
    }

    private static String contact(String key, String member) {
        return "{\"Emporix_Key__c\":\"" + key + "\",\"LastName\":\"L\"," + member + "}";
    }
}
