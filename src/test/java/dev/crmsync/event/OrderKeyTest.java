package dev.crmsync.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderKeyTest {

    @Test
    void versionsOrderByNumberNotByText() {
        assertThat(key("9").isOlderThan(key("10"))).isTrue();
        assertThat(key("10").isOlderThan(key("9"))).isFalse();
        assertThat(key("7")).isEqualTo(OrderKey.of(7));
    }

    @Test
    void instantsOrderByTimeWhateverTheirPrecisionAndOffset() {
        OrderKey noonInBerlin = key("\"2026-05-26T14:00:00+02:00\"");
        assertThat(noonInBerlin).isEqualTo(OrderKey.of(Instant.parse("2026-05-26T12:00:00Z")));
        assertThat(noonInBerlin.isOlderThan(key("\"2026-05-26T12:00:00.001Z\"")))
                .isTrue();
    }

    @Test
    void laterPartsBreakTies() {
        OrderKey first = key("[\"2026-05-26T12:00:00Z\", \"pEv_01A\"]");
        OrderKey second = key("[\"2026-05-26T12:00:00Z\", \"pEv_01B\"]");
        assertThat(first.isOlderThan(second)).isTrue();
        assertThat(second.isOlderThan(first)).isFalse();
    }

    @Test
    void equalKeysAreNotOlder() {
        assertThat(key("3").isOlderThan(key("3"))).isFalse();
    }

    @Test
    void differentKindsSayNothingAboutEachOther() {
        assertThat(key("3").isOlderThan(key("\"2026-05-26T12:00:00Z\""))).isFalse();
        assertThat(OrderKey.NONE.isOlderThan(key("3"))).isFalse();
        assertThat(OrderKey.NONE.isOlderThan(OrderKey.NONE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            7                                       | version 7
            0                                       | version 0
            "2026-05-26T14:00:00.5+02:00"           | time 2026-05-26T12:00:00.500Z
            ["2026-05-26T12:00:00Z", "pEv_01A"]     | time 2026-05-26T12:00:00Z, text pEv_01A
            [3, "2026-05-26T12:00:00Z"]             | version 3, time 2026-05-26T12:00:00Z
            "a~v00000000000000000001~~"             | text a~v00000000000000000001~~
            null                                    | none
            """)
    void tellsPeopleWhatItOrdersBy(String order, String words) {
        assertThat(key(order).inWords()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            7                                       |
            null                                    |
            "2026-05-26T14:00:00.5+02:00"           | 2026-05-26T12:00:00.500Z
            [3, "2026-05-26T12:00:00Z"]             | 2026-05-26T12:00:00Z
            ["2026-05-26T12:00:00Z", "pEv_01A"]     | 2026-05-26T12:00:00Z
            [3, 4, "2026-05-26T12:00:00Z", "2027-05-26T12:00:00Z"] | 2026-05-26T12:00:00Z
            ["a", "2026-05-26T12:00:00Z"]           |
            """)
    void findsTheFirstTimeWhereverItIs(String order, Instant date) {
        assertThat(key(order).date()).isEqualTo(Optional.ofNullable(date));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            7                                       | 7
            "a"                                     | "a"
            null                                    | null
            "2999-05-26T14:00:00Z"                  | "2026-05-26T12:00:00Z"
            [3, "2999-05-26T12:00:00Z"]             | [3, "2026-05-26T12:00:00Z"]
            ["2999-05-26T12:00:00Z", "pEv_01A"]     | ["2026-05-26T12:00:00Z", "pEv_01A"]
            """)
    void anotherDateLeavesVersionsAndTies(String order, String other) {
        assertThat(key(order).withDate(Instant.parse("2026-05-26T12:00:00Z"))).isEqualTo(key(other));
    }

    @Test
    void aTimeBehindAVersionBreaksTies() {
        OrderKey second = key("[2, \"2026-05-26T12:00:00Z\"]");

        assertThat(second.isOlderThan(key("[2, \"2026-05-26T12:00:01Z\"]"))).isTrue();
        assertThat(second.isOlderThan(key("[3, \"2026-05-26T11:00:00Z\"]"))).isTrue();
        assertThat(second.isOlderThan(key("\"2027-05-26T12:00:00Z\""))).isFalse();
    }

    @Test
    void absentIsNone() {
        assertThat(key("null")).isEqualTo(OrderKey.NONE);
        assertThat(key("[null]")).isEqualTo(OrderKey.NONE);
        assertThat(OrderKey.of((com.fasterxml.jackson.databind.JsonNode) null)).isEqualTo(OrderKey.NONE);
    }

    @Test
    void refusesWhatCannotOrder() {
        assertThatThrownBy(() -> key("-1")).hasMessageContaining("-1");
        assertThatThrownBy(() -> key("1.5")).hasMessageContaining("1.5");
        assertThatThrownBy(() -> key("{}")).hasMessageContaining("{}");
        assertThatThrownBy(() -> OrderKey.of(-1)).hasMessageContaining("-1");
    }

    private static OrderKey key(String json) {
        try {
            return OrderKey.of(new JsonMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
