package dev.crmsync.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-09-11T08:00:00Z",
                "2026-09-11T08:00Z",
                "2026-09-11t08:00:00.5z",
                "2026-09-11T08:00:00.123456789+05:30",
                "2026-09-11T08:00:00+01:02:03",
                "2026-09-11T08:00:00-00:00",
                "0000-01-01T00:00:00Z"
            })
    void readsWhateverIsIso8601(String text) {
        assertThat(IsoTime.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-09-11",
                "2026-09-11 08:00:00Z",
                "2026-02-30T08:00:00Z",
                "2026-09-11T08:00:00",
                "2026-09-11T08:00:60Z",
                "2026-09-11T08:00:00.1234567890Z",
                "9999-12-31T23:00:00-02:00",
                "0000-01-01T00:00:00+02:00"
            })
    void refusesWhatIsNoTimeOfFourDigitYears(String text) {
        assertThatThrownBy(() -> IsoTime.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Property
    void readsWhatIsWritten(
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        Instant instant = Instant.ofEpochSecond(second, nanos);

        assertThat(IsoTime.parse(IsoTime.sortable(instant))).isEqualTo(instant);
        assertThat(IsoTime.parse(DateTimeFormatter.ISO_INSTANT.format(instant))).isEqualTo(instant);
        assertThat(IsoTime.sortable(instant)).hasSize(30);
    }
}
