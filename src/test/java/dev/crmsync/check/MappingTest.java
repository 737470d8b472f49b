package dev.crmsync.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

    private static final Shape ABSENT = new Shape.Absent();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{A: .x, B: \"b\"}",
                ".data | {A: .x} + {B: 1}",
                "if .x then {A: 1, B: 2} else {B: 3, A: 4} end",
                ". as $event | .list[0] as {x: $x} | {A: $x, B: $event.y}",
                "def pair($a; b): {A: $a, B: b}; pair(.x; .y)",
                "{A: 1} | .B = .A",
                "(.x // {}) as $x | {\"A\": $x, \"B\": \"say \\(.y | \"(\\(.)\")\"}",
                "[.a, .b] as [$a, $b] | {A: $a, B: ($b | tostring)} # and that is all",
                "{(if .x then \"A\" else \"B\" end): .y}",
                "reduce .list[] as $x (0; . + $x) | {A: ., B: -1}",
                "{A: .x?, B: (try .y catch null)}",
                "{A: .x[1:3], B: .[\"y\"], attributes: null} | {A, B: .B}",
            })
    void theFieldsAreReadFromEveryWayToMakeAnObject(String jq) {
        Mapping mapping = Mapping.read(jq);

        assertThat(mapping.error()).isEmpty();
        assertThat(mapping.problem()).isEmpty();
        assertThat(mapping.members().values()).containsOnlyKeys("A", "B");
    }

    @Test
    void aFieldOfOneBranchOnlyMayBeAbsent() {
        Mapping mapping = Mapping.read("{A: 1} + (if .address then {B: \"b\"} else {} end)");

        assertThat(mapping.members().values().get("A")).doesNotContain(ABSENT);
        assertThat(mapping.members().values().get("B"))
                .containsExactlyInAnyOrder(new Shape.Constant(TextNode.valueOf("b")), ABSENT);
    }

    @Test
    void cutTextsAddUp() {
        Mapping mapping = Mapping.read("{A: ((.first | fit(40)) + \" \" + (.last | fit(80)))}");

        assertThat(mapping.members().values().get("A")).containsExactly(new Shape.Text(121));
    }

    @Test
    void aLookUpTableGivesItsValues() {
        Mapping mapping = Mapping.read("{A: {MR: \"Mr.\", MS: \"Ms.\"}[.title | ascii_upcase]}");

        assertThat(mapping.members().values().get("A"))
                .containsExactlyInAnyOrder(
                        new Shape.Constant(TextNode.valueOf("Mr.")),
                        new Shape.Constant(TextNode.valueOf("Ms.")),
                        new Shape.NullFromSource());
    }

    @Test
    void givenKeepsWhatIsAbsentAndNullApart() {
        Mapping mapping = Mapping.read("{A: given(.name; fit(40))}");

        assertThat(mapping.members().values().get("A"))
                .containsExactlyInAnyOrder(new Shape.Text(40), ABSENT, new Shape.NullFromSource());
    }

    @ParameterizedTest
    @ValueSource(strings = {".data", "[.a]", "with_entries(.key |= ascii_upcase)", "label $out | {A: 1} | break $out"})
    void whatIsNotReadIsSaid(String jq) {
        assertThat(Mapping.read(jq).problem()).isPresent();
    }

    @Test
    void anObjectJoinedWithTheUnknownIsReadInPart() {
        Mapping mapping = Mapping.read(".data + {A: 1}");

        assertThat(mapping.members().values()).containsOnlyKeys("A");
        assertThat(mapping.problem()).hasValue("the mapping can write more fields than its text names");
    }

    @Test
    void whatIsNoJqIsAnError() {
        assertThat(Mapping.read("{A: }").error()).isPresent();
    }
}
