package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParsedSizeTest {

    @Test
    void whatIsAllStructureWeighsManyTimesItsText() {
        String structure = "[" + "{},".repeat(1_000) + "0]";
        String text = "\"" + "x".repeat(structure.length()) + "\"";

        assertThat(ParsedSize.of(structure)).isGreaterThan(50L * structure.length());
        assertThat(ParsedSize.of(text)).isLessThan(3L * text.length());
    }
}
