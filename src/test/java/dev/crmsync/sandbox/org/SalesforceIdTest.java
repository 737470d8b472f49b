package dev.crmsync.sandbox.org;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceIdTest {
    /** Pairs that anybody can check: each letter of the suffix encodes which of five characters are upper case. */
    @ParameterizedTest
    @CsvSource({
        "001D000000IqhSL,001D000000IqhSLIAZ",
        "001000000000000,001000000000000AAA",
        "A01000000000000,A01000000000000BAA",
        "00000000000000Z,00000000000000ZAAQ",
        "ABCDEabcdeABCDE,ABCDEabcdeABCDE5A5",
        "aBcDeFgHiJkLmNo,aBcDeFgHiJkLmNoKVK"
    })
    void aShortIdGetsItsChecksum(String shortId, String longId) {
        assertThat(SalesforceId.canonical(shortId)).contains(longId);
        assertThat(SalesforceId.canonical(longId)).contains(longId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "001", "001000000000000AAB", "00100000000000-", "0010000000000000"})
    void whatCannotBeAnIdIsNone(String text) {
        assertThat(SalesforceId.canonical(text)).isEmpty();
    }

    @Property
    void idsAreWellFormedAndTellTheirOrdinal(@ForAll @LongRange(min = 1, max = 13_000_000_000L) long n) {
        String id = SalesforceId.of("003", n);

        assertThat(id).startsWith("003").hasSize(18);
        assertThat(SalesforceId.canonical(id)).contains(id);
        assertThat(SalesforceId.ordinal(id)).isEqualTo(n);
    }

    @Test
    void neighboursDiffer() {
        assertThat(SalesforceId.of("001", 61)).isNotEqualTo(SalesforceId.of("001", 62));
    }
}
