package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.DeliveryFailure;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, relations and flags as mappings make them, in Camel's own jq. */
class KeyFunctionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static CamelContext context;

    @BeforeAll
    static void start() {
        context = new DefaultCamelContext();
        MappingFunctions.all().forEach(context.getRegistry()::bind);
        context.start();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"138\", t1:138",
                "138, t1:138",
                "123456789012345678901234567890, t1:123456789012345678901234567890",
                "\"0\", t1:0",
                "\"a:b\", t1:a:b",
                "\"Ab\", t1:Ab",
                "\"aB\", t1:aB",
                "\"HRB 12\", t1:HRB 12",
            })
    void aKeyHasTenantAndIdAsTheSourceSentThem(String id, String key) throws Exception {
        assertThat(mapped("{k: key(.id)}", "{\"id\": " + id + "}").path("k").textValue())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{} ~ .data.object.id is missing",
                "{\"idd\": 1} ~ .data.object.id is missing",
                "{\"id\": null} ~ .data.object.id is null",
                "{\"id\": \"\"} ~ .data.object.id is blank",
                "{\"id\": \" \\u00a0\\t\"} ~ .data.object.id is blank",
                "{\"id\": \"null\"} ~ .data.object.id is the text \"null\"",
                "{\"id\": \"NULL\"} ~ .data.object.id is the text \"null\"",
                "{\"id\": \"undefined\"} ~ .data.object.id is the text \"undefined\"",
                "{\"id\": {\"a\": 1}} ~ .data.object.id is an object",
                "{\"id\": [1]} ~ .data.object.id is an array",
                "{\"id\": true} ~ .data.object.id is true or false",
                "{\"id\": 1.5} ~ .data.object.id is a fractional number",
                "{\"id\": 1e3} ~ .data.object.id is a fractional number",
                "{\"id\": \"5 \"} ~ .data.object.id begins or ends with white space",
                "{\"id\": \"\\u00a05\"} ~ .data.object.id begins or ends with white space",
                "{\"id\": \"a\\u0000b\"} ~ .data.object.id has control characters or broken ones",
                "{\"id\": \"a\\ud83d\"} ~ .data.object.id has control characters or broken ones",
                "{\"id\": \"-\"} ~ .data.object.id has no letter and no digit",
            })
    void anIdThatNamesNothingIsRefusedWithItsMember(String object, String message) {
        DeliveryFailure refused =
                refusal(".data.object | {k: key(.id)}", "{\"data\": {\"object\": " + object + "}}", "t1");

        assertThat(refused.errorText()).isEqualTo(message);
        assertThat(refused.errorCode()).isEqualTo("INCOMPLETE_KEY");
        assertThat(refused.errorClass()).isEqualTo("mapping");
        assertThat(refused.errorFields()).containsExactly(".data.object.id");
    }

    @Test
    void aKeyThatIsTooLongIsRefusedAndNotCut() throws Exception {
        assertThat(mapped("{k: key(.id)}", "{\"id\": \"" + "x".repeat(125) + "\"}")
                        .path("k")
                        .textValue())
                .hasSize(128);
        assertThat(refusal("{k: key(.id)}", "{\"id\": \"" + "x".repeat(126) + "\"}", "t1")
                        .errorText())
                .isEqualTo(".id makes a key of 129 characters, at most 128 fit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "-", "a:b", "t1 "})
    void aTenantThatCannotBeToldFromTheIdIsRefused(String tenant) {
        assertThat(refusal("{k: key(.id)}", "{\"id\": 5}", tenant).errorFields())
                .containsExactly("tenant");
    }

    @Test
    void anEventWithoutTenantHasNoKey() {
        assertThat(refusal("{k: key(.id)}", "{\"id\": 5}", null).errorText()).isEqualTo("tenant is missing");
    }

    @Test
    void theFirstMemberThatIsFilledIsTheId() throws Exception {
        String first = "{k: key(.id, .number)}";

        assertThat(mapped(first, "{\"id\": 1, \"number\": 2}").path("k").textValue())
                .isEqualTo("t1:1");
        assertThat(mapped(first, "{\"id\": \" \", \"number\": 2}").path("k").textValue())
                .isEqualTo("t1:2");
        assertThat(refusal(first, "{\"id\": {}, \"number\": 2}", "t1").errorText())
                .isEqualTo(".id is an object");
        assertThat(refusal(first, "{}", "t1").errorText()).isEqualTo(".id // .number is missing, null or blank");
    }

    @Test
    void theSubjectIsTheKeyOfTheEventsOwnRecord() throws Exception {
        assertThat(withSubject("customer:a:b").path("k").textValue()).isEqualTo("t1:a:b");
        assertThat(failure(catchThrowable(() -> withSubject("event:msg_1"))).errorText())
                .isEqualTo("subject names no record");
        assertThat(failure(catchThrowable(() -> withSubject("customer: "))).errorText())
                .isEqualTo("subject is blank");
    }

    @Test
    void aRelationIsLeftWhenItsMemberIsNullOrWasNotSent() throws Exception {
        String ref = "{a: 1, Account: ref(\"Pivotal_Key__c\"; .customer_id)}";

        assertThat(mapped(ref, "{\"customer_id\": \"c\"}")
                        .at("/Account/Pivotal_Key__c")
                        .textValue())
                .isEqualTo("t1:c");
        assertThat(mapped(ref, "{\"customer_id\": null}").has("Account")).isFalse();
        assertThat(mapped(ref, "{}").has("Account")).isFalse();
        assertThat(refusal(ref, "{\"customer_id\": \"\"}", "t1").errorText()).isEqualTo(".customer_id is blank");
        assertThat(refusal(ref, "{\"customer_id\": {}}", "t1").errorText()).isEqualTo(".customer_id is an object");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "true, true",
                "false, false",
                "null, false",
                "1, true",
                "0, false",
                "\"true\", true",
                "\"FALSE\", false",
                "\" yes \", true",
                "\"no\", false",
                "\"1\", true",
                "\"0\", false",
            })
    void trueAsATextIsNoFalse(String sent, boolean flag) throws Exception {
        assertThat(mapped("{f: flag(.f)}", "{\"f\": " + sent + "}").path("f").booleanValue())
                .isEqualTo(flag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"maybe\"", "2", "0.5", "{}", "[true]"})
    void whatIsNeitherTrueNorFalseIsRefused(String sent) {
        DeliveryFailure refused =
                refusal("[.all[] | flag(.f; false)]", "{\"all\": [{\"f\": true}, {\"f\": " + sent + "}]}", "t1");

        assertThat(refused.errorCode()).isEqualTo("NOT_A_FLAG");
        assertThat(refused.errorText()).startsWith(".all[1].f is ").endsWith(" that says neither true nor false");
    }

    @Test
    void aFlagThatWasNotSentLeavesTheFieldOrIsWhatTheMappingSays() throws Exception {
        assertThat(mapped("{f: flag(.f), b: 1}", "{}").has("f")).isFalse();
        assertThat(mapped("{f: flag(.f; true)}", "{}").path("f").booleanValue()).isTrue();
        assertThat(mapped("{f: flag(.f; true)}", "{\"f\": \"false\"}").path("f").booleanValue())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"-\"", "\" N/A \"", "\"none\"", "\"0\"", "0", "\".\"", "\"\"", "\"Unknown\""})
    void aPlaceholderIsNoValue(String sent) throws Exception {
        assertThat(mapped("{v: (.v | filled)}", "{\"v\": " + sent + "}")
                        .path("v")
                        .isNull())
                .isTrue();
    }

    @Test
    void aFilledTextLosesTheWhiteSpaceAroundIt() throws Exception {
        assertThat(mapped("{v: (.v | filled)}", "{\"v\": \" HRB 10 \"}")
                        .path("v")
                        .textValue())
                .isEqualTo("HRB 10");
    }

    private static JsonNode mapped(String jq, String event) throws Exception {
        return Absent.removeFrom((ObjectNode) evaluate(jq, event, "t1", "customer:5"));
    }

    private static JsonNode withSubject(String subject) throws Exception {
        return evaluate("{k: key}", "{}", "t1", subject);
    }

    private static DeliveryFailure refusal(String jq, String event, String tenant) {
        return failure(catchThrowable(() -> evaluate(jq, event, tenant, "customer:5")));
    }

    private static DeliveryFailure failure(Throwable thrown) {
        return DeliveryFailure.in(thrown).orElseThrow(() -> new AssertionError("Not refused, but " + thrown, thrown));
    }

    private static JsonNode evaluate(String jq, String event, String tenant, String subject) throws Exception {
        Expression expression = context.resolveLanguage("jq").createExpression(jq);
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(JSON.readTree(event), JsonNode.class);
        exchange.getMessage().setHeader("tenant", tenant);
        exchange.getMessage().setHeader("subject", subject);
        return expression.evaluate(exchange, JsonNode.class);
    }
}
