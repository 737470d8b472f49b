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
    void namesOfFieldsInRecordsAreNotHidden() {
        String records = """
                [{"object": "Contact", "key": "acme:1", "fields": {"LastName": "Erika", "newer": "Erika"},
                  "newer": ["Email"], "newerBy": {"Email": {"event": 17, "order": "version 3"}}}]
                """;

        assertThat(Masking.records(records, false).toString())
                .contains("Email", "17", "version 3", "acme:1")
                .doesNotContain("Erika");
        assertThat(Masking.records(records, true).toString()).contains("Erika");
        assertThat(Masking.records(null, false)).isEmpty();
    }

    @Test
    void revealedItIsAllThere() {
        assertThat(Masking.pretty(JSON, true)).contains("Erika", "41", "a b", "erika@example.com");
    }
}
