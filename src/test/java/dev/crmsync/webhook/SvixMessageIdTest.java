package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvixMessageIdTest {

    private static final Instant FIRST = Instant.parse("2014-05-13T16:53:20Z");
    private static final Instant LAST = Instant.parse("2150-06-19T23:21:35.999Z");

    /** Computed apart: the first is an id of Svix, the others are bounds. */
    @ParameterizedTest
    @CsvSource({
        "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj, 2023-02-13T18:19:42.800Z",
        "msg_000000000000000000000000000, 2014-05-13T16:53:20Z",
        "msg_0000001szWVIyZES2MJoAMUmjwW, 2014-05-13T16:53:20.004Z",
        "msg_000007Zr5XjDFV2bTdYTcLdkW0W, 2014-05-13T16:53:20.996Z",
        "msg_000007bk54EWE4H3VzsHmi8XFx2, ",
        "msg_000007n42DGM5Tflk9n8mt7Fhc8, 2014-05-13T16:53:21Z",
        "msg_aWgEPTZhwdcloT2H1F9kxliFgLP, 2150-06-19T23:21:35.996Z",
        "msg_aWgEPTl1tmebfsQzFP4bxwgy80V, ",
        "msg_aWgEPTl1tmebfsQzFP4bxwgy80W, ",
        "msg_zzzzzzzzzzzzzzzzzzzzzzzzzzz, "
    })
    void tellsWhenItsMessageWasCreated(String id, Instant created) {
        assertThat(SvixMessageId.createdAt(id).orElse(null)).isEqualTo(created);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "msg_",
                "msg_1",
                "evt_2Lh9KRb0pzN4LePd3XiA4v12Axj",
                "MSG_2Lh9KRb0pzN4LePd3XiA4v12Axj",
                "2Lh9KRb0pzN4LePd3XiA4v12Axj",
                "msg_2Lh9KRb0pzN4LePd3XiA4v12Ax",
                "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj0",
                "msg_2Lh9KRb0pzN4LePd3XiA4v12Ax-",
                "msg_2Lh9KRb0pzN4LePd3XiA4v12Ax ",
                "msg_2Lh9KRb0pzN4LePd3XiA4v12Axä",
                "msg_2Lh9KRb0pzN4LePd3XiA4v12Ax\u0661",
                "msg_p5jXN8AQM9LWM0D4loKWxJek"
            })
    void tellsNothingOfOtherIds(String id) {
        assertThat(SvixMessageId.createdAt(id)).isEmpty();
    }

    @Property
    void holdsTheTimeInUnitsOf4Milliseconds(@ForAll("times") Instant created) {
        Instant kept = created.minusNanos(created.getNano() % 4_000_000);

        assertThat(SvixMessageId.at(created)).matches("msg_[0-9A-Za-z]{27}");
        assertThat(SvixMessageId.createdAt(SvixMessageId.at(created))).contains(kept);
        assertThat(SvixMessageId.createdAt(SvixIds.at(created))).contains(kept);
    }

    @Property
    void sortsAsItsMessagesWereCreated(@ForAll("times") Instant created, @ForAll("millis") long later) {
        Instant next = created.plusMillis(later);

        if (!next.isAfter(LAST)) {
            assertThat(SvixMessageId.at(created)).isLessThan(SvixMessageId.at(next));
        }
    }

    @Property
    void tellsATimeInItsRangeOrNothing(@ForAll @StringLength(27) @CharRange(from = '0', to = 'z') String text) {
        assertThat(SvixMessageId.createdAt("msg_" + text).stream())
                .allSatisfy(time -> assertThat(time).isBetween(FIRST, LAST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2014-05-13T16:53:19.999Z", "2150-06-19T23:21:36Z"})
    void refusesToHoldTimesOutOfItsRange(String created) {
        assertThatThrownBy(() -> SvixMessageId.at(Instant.parse(created)))
                .hasMessage(
                        "A message id holds times from 2014-05-13T16:53:20Z to 2150-06-19T23:21:35Z, not " + created);
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(0, ChronoUnit.MILLIS.between(FIRST, LAST))
                .map(FIRST::plusMillis)
                .edgeCases(edges -> edges.add(FIRST, LAST));
    }

    /** At least one unit. */
    @Provide
    Arbitrary<Long> millis() {
        return Arbitraries.longs().between(4, 1_000_000_000_000L);
    }
}
