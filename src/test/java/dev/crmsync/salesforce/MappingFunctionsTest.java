package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFunctionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Scope SCOPE = scope();

    @Test
    void aGivenValueIsPassedOn() throws Exception {
        assertThat(mapped("{a: given(.a)}", "{\"a\": 5}")).isEqualTo(json("{\"a\": 5}"));
    }

    @Test
    void aNullIsPassedOnToClearTheField() throws Exception {
        assertThat(mapped("{a: given(.a)}", "{\"a\": null}")).isEqualTo(json("{\"a\": null}"));
    }

    @Test
    void whatWasNotSentLeavesTheField() throws Exception {
        assertThat(mapped("{a: given(.a), b: 1}", "{}")).isEqualTo(json("{\"b\": 1}"));
    }

    @Test
    void whatWasNotSentInsideAnObjectLeavesTheField() throws Exception {
        assertThat(mapped("{a: given(.a.b)}", "{\"a\": {}}")).isEqualTo(json("{}"));
        assertThat(mapped("{a: given(.a.b)}", "{}")).isEqualTo(json("{}"));
    }

    @Test
    void aParentThatIsNullClearsTheField() throws Exception {
        assertThat(mapped("{a: given(.a.b)}", "{\"a\": null}")).isEqualTo(json("{\"a\": null}"));
    }

    @Test
    void falseIsAValue() throws Exception {
        assertThat(mapped("{a: given(.a)}", "{\"a\": false}")).isEqualTo(json("{\"a\": false}"));
    }

    @Test
    void aGivenValueIsConvertedButNullIsNot() throws Exception {
        assertThat(mapped("{a: given(.a; . + 1)}", "{\"a\": 5}")).isEqualTo(json("{\"a\": 6}"));
        assertThat(mapped("{a: given(.a; . + 1)}", "{\"a\": null}")).isEqualTo(json("{\"a\": null}"));
        assertThat(mapped("{a: given(.a; . + 1)}", "{}")).isEqualTo(json("{}"));
    }

    @Test
    void absentLeavesTheField() throws Exception {
        assertThat(mapped("{a: absent, b: {c: absent}}", "{}")).isEqualTo(json("{}"));
    }

    @Test
    void fitsATextAndLeavesOtherValues() throws Exception {
        assertThat(value("fit(3)", "\"abcdef\"")).isEqualTo(json("\"abc\""));
        assertThat(value("fit(3)", "\"ab\"")).isEqualTo(json("\"ab\""));
        assertThat(value("fit(3)", "12345")).isEqualTo(json("12345"));
        assertThat(value("fit(3)", "null")).isEqualTo(json("null"));
    }

    @Property
    void cutsNoCharacterInHalf(@ForAll String text, @ForAll @IntRange(min = 1, max = 40) int length) throws Exception {
        String fitted =
                value("fit(" + length + ")", JSON.writeValueAsString(text)).asText();

        assertThat(text).startsWith(fitted);
        assertThat(fitted.length()).isLessThanOrEqualTo(length);
        assertThat(fitted.length()).isGreaterThanOrEqualTo(Math.min(text.length(), length - 1));
    }

    @Test
    void cutsBeforeACharacterOfTwoParts() throws Exception {
        assertThat(value("fit(2)", "\"a\uD83D\uDE00b\"")).isEqualTo(json("\"a\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "a.b+c@mail.example.org", "  ada@example.org  ", "o'neil@example.org"})
    void keepsAnAddressThatSalesforceTakes(String address) throws Exception {
        assertThat(value("email", "\"" + address + "\"").asText()).isEqualTo(address.trim());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "ada@example", "ada@@example.org", "a b@example.org", "ada@example.org, b@c.de"})
    void clearsAnAddressThatSalesforceRefuses(String address) throws Exception {
        assertThat(value("email", "\"" + address + "\"").isNull()).isTrue();
    }

    @Test
    void clearsAnAddressThatIsTooLong() throws Exception {
        assertThat(value("email", "\"" + "a".repeat(70) + "@example.org\"").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Ada Lovelace, Ada, Lovelace",
                "Ada King Lovelace, Ada King, Lovelace",
                "Ada, -, Ada",
                "'  Ada   Lovelace ', Ada, Lovelace",
                "'Ada\tLovelace', Ada, Lovelace",
                "'Ada\u00a0Lovelace', Ada, Lovelace",
                "'Ada\nKing Lovelace', 'Ada\nKing', Lovelace",
                "'', -, -",
                "'   ', -, -",
            })
    void dividesAFullNameAtItsLastSpace(String name, String first, String last) throws Exception {
        assertThat(value("first_name", JSON.writeValueAsString(name)).textValue())
                .isEqualTo(first);
        assertThat(value("last_name", JSON.writeValueAsString(name)).textValue())
                .isEqualTo(last);
    }

    @Test
    void aNameThatIsNoTextIsNone() throws Exception {
        assertThat(value("last_name", "5").isNull()).isTrue();
        assertThat(value("first_name", "null").isNull()).isTrue();
    }

    private static JsonNode mapped(String jq, String in) throws Exception {
        return Absent.removeFrom((ObjectNode) value(jq, in));
    }

    private static JsonNode value(String jq, String in) throws Exception {
        List<JsonNode> out = new ArrayList<>();
        JsonQuery.compile(jq, Versions.JQ_1_6).apply(SCOPE, json(in), out::add);
        assertThat(out).hasSize(1);
        return out.get(0);
    }

    private static Scope scope() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
        MappingFunctions.all()
                .forEach((name, function) -> scope.addFunction(
                        name.substring(0, name.indexOf('/')),
                        Integer.parseInt(name.substring(name.indexOf('/') + 1)),
                        function));
        return scope;
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }
}
