package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Property
    void readsWhatAMapperReads(@ForAll("trees") JsonNode tree) throws Exception {
        String json = tree.toPrettyString();

        assertThat(StrictJson.parse(Utf8.bytes(json))).isEqualTo(new ObjectMapper().readTree(json));
    }

    @Provide
    Arbitrary<JsonNode> trees() {
        return JsonTrees.of(Arbitraries.strings().ofMaxLength(3), JsonTrees.leaves());
    }

    @Test
    void limitsWhatABodyCosts() throws Exception {
        Map<String, String> reasons = Map.of(
                "[" + "[],".repeat(349_000) + "[]]",
                "The body has more than 50,000 values",
                "[".repeat(101),
                "The body is more than 100 levels deep",
                "{\"a\":".repeat(101),
                "The body is more than 100 levels deep",
                members(1_001),
                "An object has more than 1,000 members",
                "{\"n\":-" + "9".repeat(120) + "}",
                "A number has 121 digits, at most 100 are read",
                "[0." + "1".repeat(1_000_000) + "]",
                "A number has 1,000,002 digits, at most 100 are read",
                "{\"" + "n".repeat(1_200) + "\":1}",
                "The name of a member has 1,200 characters, at most 1,000 are read");
        reasons.forEach((body, reason) -> assertUnreadable(body, reason + ": line 1, column "));

        for (String body : new String[] {
            "[" + "1,".repeat(49_998) + "1]",
            "[".repeat(100) + "]".repeat(100),
            members(1_000),
            "9".repeat(100),
            "{\"" + "n".repeat(1_000) + "\":\"" + "t".repeat(900_000) + "\"}"
        }) {
            assertThat(StrictJson.parse(Utf8.bytes(body))).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "[{\"a\":1,\"\\u0061\":2}]"})
    void readsNoMemberTwice(String body) {
        assertUnreadable(body, "The body names a member twice: line 1, column ");
    }

    @Test
    void readsNothingAfterTheValue() {
        assertUnreadable("{} {}", "The body goes on after its value: line 1, column ");
        assertUnreadable("{} x", "The body is not JSON: line 1, column ");
    }

    @Test
    void readsNoNumberThatADoubleCannotHold() {
        assertUnreadable("[-1e400]", "A number is beyond ±1.7976931348623157E308: line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void readsNoEmptyBody(String body) {
        assertUnreadable(body, "The body is empty");
    }

    @Test
    void readsNothingButUtf8() {
        byte[][] bodies = {
            {'"', (byte) 0xC0, (byte) 0x80, '"'},
            {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
            {'"', (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
            {'"', (byte) 0xE2, (byte) 0x82, '"'},
            {(byte) 0xFF, (byte) 0xFE, '1', 0}
        };
        for (byte[] body : bodies) {
            assertThatThrownBy(() -> StrictJson.parse(body)).hasMessage("The body is not UTF-8");
        }
        assertUnreadable("\uFEFF{}", "The body is not JSON");
        assertUnreadable("\0{\0}", "The body is not JSON");
    }

    /** The names have one hash: two characters each that differ, but not in what they add to it. */
    @Test
    void readsNamesOfOneHash() throws Exception {
        String body = IntStream.range(0, 1_000)
                .mapToObj(i -> "\"" + oneHash(i) + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(StrictJson.parse(Utf8.bytes(body)).size()).isEqualTo(1_000);
    }

    private static String oneHash(int number) {
        return IntStream.range(0, 10)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static void assertUnreadable(String body, String reason) {
        assertThatThrownBy(() -> StrictJson.parse(Utf8.bytes(body)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageStartingWith(reason);
    }
}
