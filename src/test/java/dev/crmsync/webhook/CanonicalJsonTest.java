package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class CanonicalJsonTest {

    /** Prints each line of a file of JSON with the members sorted. */
    private static final String SORTED = """
            const sorted = value => Array.isArray(value) ? '[' + value.map(sorted).join(',') + ']'
                : value === null || typeof value !== 'object' ? JSON.stringify(value)
                : '{' + Object.keys(value).sort().map(name => JSON.stringify(name) + ':' + sorted(value[name])).join(',') + '}';
            for (const line of require('fs').readFileSync(process.argv[1], 'utf8').split('\\n').filter(line => line))
                console.log(sorted(JSON.parse(line)));
            """;

    private static final ObjectMapper SHORTEST_DIGITS = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

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
        assertNumber("-0.0e7", "0");
        assertNumber("1e2", "100");
        assertNumber("10E-0001", "1");
        assertNumber("0.000001", "0.000001");
        assertNumber("0.0000001", "1e-7");
        assertNumber("-1.25e-7", "-1.25e-7");
        assertNumber("9007199254740992", "9007199254740992");
        assertNumber("12345678901234567000", "12345678901234567000");
        assertNumber("123456789012345680000", "123456789012345680000");
        assertNumber("1e21", "1e+21");
        assertNumber("1.5e300", "1.5e+300");
        assertNumber("1e23", "1e+23");
        assertNumber("2e-300", "2e-300");
        assertNumber("1.7976931348623157e308", "1.7976931348623157e+308");
        assertNumber("0.1", "0.1");
        assertNumber("0.30000000000000004", "0.30000000000000004");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e309",
                "1.7976931348623159e308",
                "1e-400",
                "5e-324",
                "9007199254740993",
                "0.10000000000000001",
                "3.14159265358979323846",
                "123456789012345678901",
                "1e1000000",
            })
    void hasNoFormForANumberThatJavaScriptWouldChange(String number) {
        assertThat(CanonicalJson.of(bytes("{\"version\":" + number + "}"))).isEmpty();
    }

    @Test
    void hasNoFormForWhatTwoReadersCouldTakeDifferently() {
        assertThat(CanonicalJson.of(bytes("{\"a\":1,\"a\":1}"))).isEmpty();
        assertThat(CanonicalJson.of(bytes("{\"a\":1,\"b\":[],\"\\u0061\":1}"))).isEmpty();
        assertThat(CanonicalJson.of(bytes("{} {}"))).isEmpty();
        assertThat(CanonicalJson.of(bytes("no json"))).isEmpty();
        assertThat(CanonicalJson.of(bytes("\uFEFF{}"))).isEmpty();
        assertThat(CanonicalJson.of(new byte[] {'"', (byte) 0xFF, '"'})).isEmpty();
    }

    @Test
    void hasNoFormForWhatTakesTooLong() {
        assertLimit(100, depth -> "[".repeat(depth) + "]".repeat(depth));
        assertLimit(100, depth -> "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1));
        assertLimit(1_000, count -> numbered(count, i -> "\"" + i + "\":1", "{", "}"));
        assertLimit(1_000, length -> "{\"" + "n".repeat(length) + "\":1}");
        assertLimit(100, length -> "1." + "0".repeat(length - 2));
        assertLimit(50_000, count -> numbered(count - 1, i -> "\"a text that is long\"", "[", "]"));
        // What [1,1,… takes up is twice the number of values: v = 2,000 + 2 v / 16.
        assertLimit(2_285, count -> numbered(count - 1, i -> "1", "[", "]"));
        assertLimit(CanonicalNumber.MAX_PARSED, count -> numbered(count, i -> "0.30000000000000004", "[", "]"));
    }

    private static void assertLimit(int limit, IntFunction<String> body) {
        assertThat(CanonicalJson.of(bytes(body.apply(limit)))).isPresent();
        assertThat(CanonicalJson.of(bytes(body.apply(limit + 1)))).isEmpty();
    }

    private static String numbered(int count, IntFunction<String> part, String first, String last) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(",", first, last));
    }

    @Property
    void sortsNamesThatHaveMuchInCommon(@ForAll("alike") Set<String> names) {
        List<String> members = names.stream().map(name -> "\"" + name + "\":1").collect(Collectors.toList());
        Collections.shuffle(members, new Random(names.hashCode()));

        assertThat(canonical("{" + String.join(",", members) + "}"))
                .isEqualTo("{"
                        + names.stream()
                                .sorted()
                                .map(name -> "\"" + name + "\":1")
                                .collect(Collectors.joining(","))
                        + "}");
    }

    @Provide
    Arbitrary<Set<String>> alike() {
        return Arbitraries.strings()
                .withChars('a', 'b', '\uFB33', '\uFFFF')
                .ofMaxLength(12)
                .map(name -> name.length() % 2 == 0 ? name : "common" + name)
                .set()
                .ofMaxSize(200);
    }

    @Property
    void hasAFormForAllThatIsReadAsJson(@ForAll long seed) {
        byte[] json = new Mutations(new Random(seed))
                .body(bytes("{\"b\": [null, true, [], {}, \"\\u00eb\\/\\n\"], \"a\": {\"\\\"\": \"é\", \"c\": {}}}"));

        assertThat(CanonicalJson.of(json).isPresent()).as(Utf8.lenient(json)).isEqualTo(isRead(json));
    }

    private static boolean isRead(byte[] json) {
        try {
            return StrictJson.parse(json) != null;
        } catch (UnreadableException e) {
            return false;
        }
    }

    @Test
    void keepsObjectsApartThatAreNextToEachOther() {
        assertThat(canonical("[{},{},[{}],{\"b\":{},\"a\":{}},{\"b\":[{},{\"d\":{},\"c\":1}],\"a\":{\"e\":{}}}]"))
                .isEqualTo("[{},{},[{}],{\"a\":{},\"b\":{}},{\"a\":{\"e\":{}},\"b\":[{},{\"c\":1,\"d\":{}}]}]");
    }

    @Property
    void numbersReadBackAsTheyWere(@ForAll double value) {
        assertThat(CanonicalJson.of(bytes(NumberOutput.toString(value, true))))
                .satisfiesAnyOf(
                        form -> assertThat(Math.abs(value)).isLessThan(1e-300),
                        form -> assertThat(Double.parseDouble(text(form))).isEqualTo(value == 0 ? 0.0 : value));
    }

    @Property
    void aNumberWithAFormHasItsDecimalValue(@ForAll BigDecimal value) {
        CanonicalJson.of(bytes(value.toString()))
                .ifPresent(form ->
                        assertThat(new BigDecimal(text(Optional.of(form)))).isEqualByComparingTo(value));
    }

    @Property
    void textReadsBackAsItWas(@ForAll String text) throws Exception {
        String written = canonical(new ObjectMapper().writeValueAsString(text));

        assertThat(new ObjectMapper().readTree(written).textValue()).isEqualTo(text);
    }

    @Property
    void isItsOwnCanonicalForm(@ForAll("trees") JsonNode tree) {
        String canonical = canonical(json(tree));

        assertThat(canonical(canonical)).isEqualTo(canonical);
    }

    @Property
    void doesNotDependOnTheOrderOfMembers(@ForAll("trees") JsonNode tree) {
        assertThat(canonical(json(reversed(tree)))).isEqualTo(canonical(json(tree)));
    }

    /** What JavaScript itself makes of many JSON texts, one a line. */
    @Property(tries = 1)
    void isWhatJavaScriptMakes(
            @ForAll @Size(3_000) List<@From("trees") JsonNode> trees, @ForAll @Size(3_000) List<Double> numbers)
            throws Exception {
        List<String> lines = Stream.concat(
                        trees.stream().map(CanonicalJsonTest::json),
                        numbers.stream().map(number -> NumberOutput.toString(number, true)))
                .filter(line -> CanonicalJson.of(bytes(line)).isPresent())
                .toList();

        assertThat(lines).hasSizeGreaterThan(5_000);
        assertThat(lines.stream().map(CanonicalJsonTest::canonical)).containsExactlyElementsOf(inJavaScript(lines));
    }

    private static List<String> inJavaScript(List<String> lines) throws Exception {
        Path file = Files.createTempFile("crm-sync", ".jsonl");
        try {
            Files.write(file, lines);
            Process node = new ProcessBuilder("node", "-e", SORTED, file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(node.waitFor()).isZero();
            return printed.lines().toList();
        } catch (IOException e) {
            throw new TestAbortedException("No Node.js to compare with", e);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<JsonNode> trees() {
        return JsonTrees.of(
                Arbitraries.strings().ofMaxLength(3), JsonTrees.leaves().filter(leaf -> {
                    double size = Math.abs(leaf.asDouble());
                    return size == 0 || size > 1e-300;
                }));
    }

    /** With the fewest digits; Double.toString does not always find them before Java 19. */
    private static String json(JsonNode node) {
        try {
            return SHORTEST_DIGITS.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
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
        return text(CanonicalJson.of(bytes(json)));
    }

    private static String text(Optional<byte[]> form) {
        return new String(form.orElseThrow(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
