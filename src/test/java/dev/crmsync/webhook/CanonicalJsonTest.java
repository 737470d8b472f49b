package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    @Test
    void sortsMembersAtEveryLevelAndKeepsTheOrderOfArrays() {
        assertThat(canonical("{\"b\":{\"z\":1,\"a\":[3,1,{\"y\":true,\"x\":null}]},\"a\":[]}"))
                .isEqualTo("{\"a\":[],\"b\":{\"a\":[3,1,{\"x\":null,\"y\":true}],\"z\":1}}");
    }

    @Test
    void leavesNoWhiteSpace() {
        assertThat(canonical(" { \"a\" :\n[ 1 , { } ] } ")).isEqualTo("{\"a\":[1,{}]}");
    }

    @Test
    void sortsNamesByUtf16() {
        // U+1F600 is d83d de00 in UTF-16, before U+FB33, though after it by code point
        assertThat(canonical("{\"\uFB33\":1,\"\uD83D\uDE00\":2,\"\u20AC\":3,\"1\":4,\"10\":5,\"2\":6,\"A\":7}"))
                .isEqualTo("{\"1\":4,\"10\":5,\"2\":6,\"A\":7,\"\u20AC\":3,\"\uD83D\uDE00\":2,\"\uFB33\":1}");
    }

    @Test
    void writesTextAsJavaScriptDoes() {
        assertThat(canonical("\"\\/ \\u00eb \\u2028 \\u007f \\u0022 \\\\ \\b\\f\\n\\r\\t \\u0001 \\ud83d\""))
                .isEqualTo("\"/ ë \u2028 \u007f \\\" \\\\ \\b\\f\\n\\r\\t \\u0001 \\ud83d\"");
    }

    @Test
    void writesNumbersAsJavaScriptDoes() {
        // the right-hand sides are what Node.js prints for JSON.stringify(JSON.parse(…))
        assertNumber("1.0", "1");
        assertNumber("1.50", "1.5");
        assertNumber("-0", "0");
        assertNumber("-0.0", "0");
        assertNumber("1e2", "100");
        assertNumber("0.000001", "0.000001");
        assertNumber("0.0000001", "1e-7");
        assertNumber("-1.25e-7", "-1.25e-7");
        assertNumber("9007199254740993", "9007199254740992");
        assertNumber("12345678901234567890", "12345678901234567000");
        assertNumber("123456789012345678901", "123456789012345680000");
        assertNumber("1e21", "1e+21");
        assertNumber("1.5e300", "1.5e+300");
        assertNumber("1e23", "1e+23");
        assertNumber("2e-323", "2e-323");
        assertNumber("5e-324", "5e-324");
        assertNumber("2.2250738585072014e-308", "2.2250738585072014e-308");
        assertNumber("1.7976931348623157e308", "1.7976931348623157e+308");
        assertNumber("0.1", "0.1");
        assertNumber("0.30000000000000004", "0.30000000000000004");
        assertNumber("1e999", "null");
    }

    @Test
    void hasNoFormForWhatTwoReadersCouldTakeDifferently() {
        assertThat(CanonicalJson.of(bytes("{\"a\":1,\"a\":1}"))).isEmpty();
        assertThat(CanonicalJson.of(bytes("{} {}"))).isEmpty();
        assertThat(CanonicalJson.of(bytes("no json"))).isEmpty();
        assertThat(CanonicalJson.of(new byte[] {'"', (byte) 0xFF, '"'})).isEmpty();
        assertThat(CanonicalJson.of(bytes("[".repeat(101) + "]".repeat(101)))).isEmpty();
    }

    @Property
    void numbersReadBackAsTheyWere(@ForAll double value) {
        assertThat(Double.parseDouble(CanonicalJson.number(value))).isEqualTo(value == 0 ? 0.0 : value);
    }

    @Property
    void textReadsBackAsItWas(@ForAll String text) throws Exception {
        String written = CanonicalJson.of(JsonNodeFactory.instance.textNode(text));

        assertThat(new ObjectMapper().readTree(written).textValue()).isEqualTo(text);
    }

    @Property
    void isItsOwnCanonicalForm(@ForAll("trees") JsonNode tree) {
        String canonical = CanonicalJson.of(tree);

        assertThat(canonical(canonical)).isEqualTo(canonical);
    }

    @Property
    void doesNotDependOnTheOrderOfMembers(@ForAll("trees") JsonNode tree) {
        assertThat(CanonicalJson.of(reversed(tree))).isEqualTo(CanonicalJson.of(tree));
    }

    @Provide
    Arbitrary<JsonNode> trees() {
        return JsonTrees.of(Arbitraries.strings().alpha().ofMaxLength(3), JsonTrees.leaves());
    }

    private static JsonNode reversed(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
        Collections.reverse(members);
        ObjectNode reversed = JsonNodeFactory.instance.objectNode();
        members.forEach(member -> reversed.set(member.getKey(), reversed(member.getValue())));
        return reversed;
    }

    private static void assertNumber(String json, String expected) {
        assertThat(canonical(json)).as(json).isEqualTo(expected);
    }

    private static String canonical(String json) {
        Optional<byte[]> canonical = CanonicalJson.of(bytes(json));
        return new String(canonical.orElseThrow(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
