package dev.crmsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskingTest {

    private static final String JSON =
            "{\"id\":\"cus_1\",\"name\":\"Erika\",\"age\":41,\"tags\":[\"a b\"],\"ownerId\":\"erika@example.com\",\"vip\":true}";

    @Test
    void whatMayBePersonalIsHidden() {
        assertThat(Masking.pretty(JSON, false))
                .contains("cus_1", "true")
                .doesNotContain("Erika", "41", "a b", "erika@example.com");
    }

    @Test
    void revealedItIsAllThere() {
        assertThat(Masking.pretty(JSON, true)).contains("Erika", "41", "a b", "erika@example.com");
    }
}
