package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadCipherTest {

    private static final String TEXT = "{\"email\":\"ada@example.org\"}";
    private static final String KEY = key(1);
    private static final String OTHER_KEY = key(2);

    @Test
    void withAKeyNothingCanBeReadInWhatIsStored() {
        byte[] stored = PayloadCipher.of(List.of(KEY)).seal(TEXT, "plain:1");
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("ada");
        assertThat(PayloadCipher.of(List.of(KEY)).open(stored, "plain:1")).isEqualTo(TEXT);
    }

    @Test
    void theSameTextIsSealedDifferentlyEachTime() {
        PayloadCipher cipher = PayloadCipher.of(List.of(KEY));
        assertThat(cipher.seal(TEXT, "plain:1")).isNotEqualTo(cipher.seal(TEXT, "plain:1"));
    }

    @Test
    void whatWasStoredPlainOrUnderAnOlderKeyStaysReadable() {
        PayloadCipher rotated = PayloadCipher.of(List.of(OTHER_KEY, KEY));
        assertThat(rotated.open(PayloadCipher.plain().seal(TEXT, "plain:1"), "plain:1"))
                .isEqualTo(TEXT);
        assertThat(rotated.open(PayloadCipher.of(List.of(KEY)).seal(TEXT, "plain:1"), "plain:1"))
                .isEqualTo(TEXT);
    }

    @Test
    void withoutItsKeyItStaysClosed() {
        byte[] stored = PayloadCipher.of(List.of(KEY)).seal(TEXT, "plain:1");
        assertThatThrownBy(() -> PayloadCipher.of(List.of(OTHER_KEY)).open(stored, "plain:1"))
                .isInstanceOf(PayloadSealedException.class)
                .hasMessageContaining("plain:1")
                .hasMessageContaining("1 configured payload keys");
        assertThatThrownBy(() -> PayloadCipher.plain().open(stored, "plain:1"))
                .isInstanceOf(PayloadSealedException.class);
    }

    @Test
    void alteredOrMovedToAnotherEventItStaysClosed() {
        PayloadCipher cipher = PayloadCipher.of(List.of(KEY));
        byte[] stored = cipher.seal(TEXT, "plain:1");
        assertThatThrownBy(() -> cipher.open(stored, "plain:2")).isInstanceOf(PayloadSealedException.class);
        stored[stored.length - 1] ^= 1;
        assertThatThrownBy(() -> cipher.open(stored, "plain:1")).isInstanceOf(PayloadSealedException.class);
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutBeingQuoted() {
        assertThatThrownBy(() -> PayloadCipher.of(List.of("c2hvcnQ=")))
                .hasMessageContaining("5 bytes, needs 32")
                .hasMessageNotContaining("c2hvcnQ=");
        assertThatThrownBy(() -> PayloadCipher.of(List.of("not base64!")))
                .hasMessageContaining("not base64:")
                .hasMessageNotContaining("base64!");
    }

    private static String key(int filler) {
        byte[] key = new byte[32];
        key[0] = (byte) filler;
        return Base64.getEncoder().encodeToString(key);
    }
}
