package dev.crmsync.sandbox.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-05-26T18:42:00Z",
                "2026-05-26T18:42:00.999Z",
                "2026-05-26T18:42:00.000+0000",
                "2026-05-26T20:42:00+02:00",
                "2026-05-26T20:42:00+0200",
                "2026-05-26T13:12:00-0530",
                "2026-05-26T13:12:00.1-05:30"
            })
    void aTimeMayHaveAnyOffset(String text) {
        assertThat(ValueParser.dateTime(text)).isEqualTo(Instant.parse("2026-05-26T18:42:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-05-26", "2026-05-26T18:42:00", "2026-05-26 18:42:00Z", "26.5.2026", "", "Z"})
    void aTimeWithoutOffsetIsNone(String text) {
        assertThatThrownBy(() -> ValueParser.dateTime(text)).isInstanceOf(DateTimeException.class);
    }
}
