package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.SettableClock;
import java.time.Duration;
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

/** Whether a record exists is asked before it is written where only existing ones may be changed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LookupTest {

    private static final SettableClock CLOCK = SettableClock.at("2026-05-26T18:42:00Z");
    private static final String ONLY_EXISTING = UpsertOrg.CONTACT + "&onlyExisting=true";

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
        assertThat(org.upsert(contact("t:here")).getException()).isNull();
    }

    @AfterEach
    void heal() {
        org.heal();
        CLOCK.advance(Duration.ofHours(2));
    }

    @Test
    void keysThatDoNotFitIntoOneRequestLineAreAskedForInSeveral() {
        List<String> records = IntStream.range(0, 198)
                .mapToObj(i -> contact("t:Ä'" + i + "é".repeat(120)))
                .toList();

        Map<String, Exchange> ends = org.upsertTogether(ONLY_EXISTING, records);

        assertThat(ends).hasSize(198).allSatisfy((key, end) -> {
            assertThat(end.getException()).isNull();
            assertThat(end.getProperty("upsert")).isEqualTo("absent");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kind\":\"error\",\"errorCode\":\"INSUFFICIENT_ACCESS\"",
                "\"kind\":\"error\",\"errorCode\":\"MALFORMED_QUERY\"",
                "\"kind\":\"http\",\"status\":414",
                "\"kind\":\"http\",\"status\":500"
            })
    void aRefusedLookUpHarmsOnlyTheRecordsThatNeedIt(String refusal) {
        org.fault("{\"operation\":\"query\"," + refusal + "}");

        Map<String, Exchange> ends =
                org.upsertTogether(Map.of(contact("t:here"), ONLY_EXISTING, contact("t:new"), UpsertOrg.CONTACT));

        assertThat(ends.get("t:new").getException()).isNull();
        assertThat(ends.get("t:here").getException()).isInstanceOf(SalesforceFailureException.class);
    }

    @Test
    void aLookUpThatIsRefusedForItsLengthIsHalved() {
        org.fault("{\"kind\":\"http\",\"operation\":\"query\",\"status\":414,\"count\":3}");

        Map<String, Exchange> ends = org.upsertTogether(
                ONLY_EXISTING,
                IntStream.range(0, 20).mapToObj(i -> contact("t:q" + i)).toList());

        assertThat(ends.values())
                .allSatisfy(end -> assertThat(end.getException()).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"malformed", "empty"})
    void anAnswerThatCannotBeReadDoesNotMakeARecordAbsent(String kind) {
        org.fault("{\"kind\":\"" + kind + "\",\"operation\":\"query\"}");

        assertThat(org.upsert(ONLY_EXISTING, contact("t:here"), Map.of()).getException())
                .isInstanceOf(UnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\\\"totalSize\\\":1,\\\"done\\\":true,\\\"records\\\":[]}",
                "{\\\"totalSize\\\":1,\\\"done\\\":false,\\\"records\\\":[{}]}"
            })
    void anAnswerOfAnotherFormDoesNotMakeARecordAbsent(String body) {
        org.fault("{\"kind\":\"http\",\"operation\":\"query\",\"status\":200,\"contentType\":\"application/json\","
                + "\"body\":\"" + body + "\"}");

        assertThat(org.upsert(ONLY_EXISTING, contact("t:here"), Map.of()).getException())
                .isInstanceOf(UnavailableException.class);
    }

    private static String contact(String key) {
        return "{\"Emporix_Key__c\":\"" + key + "\",\"LastName\":\"L\"}";
    }
}
