package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private final SettingsReader settings = new SettingsReader(name -> Optional.ofNullable(Map.of(
                    "port", "8080\n",
                    "blank", "  ",
                    "flag", "true",
                    "yes", "yes",
                    "far", "70000",
                    "wait", "90s",
                    "url", "ftp://host")
            .get(name)));

    @Test
    void takesTheLineEndOfAMountedFileOff() {
        assertThat(settings.number("port", 0, 65535, 1)).isEqualTo(8080);
    }

    @Test
    void countsABlankValueAsAbsent() {
        assertThat(settings.optional("blank")).isEmpty();
        assertThat(settings.text("blank", "otherwise")).isEqualTo("otherwise");
    }

    @Test
    void readsFlagsAndDurations() {
        assertThat(settings.flag("flag", false)).isTrue();
        assertThat(settings.duration("wait", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.flag("absent", true)).isTrue();
        assertThatCode(settings::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void gathersAllProblemsBeforeItComplains() {
        settings.required("crm.a-b.c", "why it is needed");
        settings.number("far", 0, 65535, 1);
        settings.flag("yes", false);
        settings.url("url", "ftp://host", "https://host");

        assertThatThrownBy(settings::throwIfAny)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("4 settings need attention")
                .hasMessageContaining("crm.a-b.c is missing (why it is needed)")
                .hasMessageContaining("CRM_A_B_C")
                .hasMessageContaining("far is '70000', expected a whole number from 0 to 65535")
                .hasMessageContaining("yes is 'yes', expected true or false")
                .hasMessageContaining("url is 'ftp://host', expected a URL");
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "30s, PT30S", "15m, PT15M", "24h, PT24H", "7d, PT168H", "0s, PT0S"})
    void readsDurationsAsPeopleWriteThem(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "1.5h", "5 s", "5S", "1h30m", "9999999999d"})
    void refusesOtherDurations(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.my.salesforce.com, true",
        "https://login.salesforce.com, true",
        "https://acme--uat.sandbox.my.salesforce.com, false",
        "https://acme--uat.my.salesforce.com, false",
        "https://test.salesforce.com, false",
        "http://localhost:8082, false",
    })
    void knowsAProductionOrgByItsHost(String url, boolean production) {
        assertThat(SalesforceSettingsReader.isProductionOrg(url)).isEqualTo(production);
    }
}
