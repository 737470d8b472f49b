package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When traces are on. */
class TracingSettingsTest {

    @Test
    void theyAreOffUnlessThereIsSomewhereToSendThem() {
        assertThat(read(Map.of(), Map.of()).on()).isFalse();
        assertThat(read(Map.of("crm.tracing.endpoint", "http://collector:4318"), Map.of())
                        .on())
                .isTrue();
        assertThat(read(Map.of(), Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"))
                        .on())
                .isTrue();
        assertThat(read(Map.of(), Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318/v1/traces"))
                        .on())
                .isTrue();
    }

    @Test
    void theStandardSwitchTurnsThemOff() {
        assertThat(read(Map.of("crm.tracing.endpoint", "http://collector:4318"), Map.of("OTEL_SDK_DISABLED", "true"))
                        .on())
                .isFalse();
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        assertThatThrownBy(() -> read(
                        Map.of("crm.tracing.endpoint", "collector:4318", "crm.tracing.sample-ratio", "10"), Map.of()))
                .hasMessageContaining("crm.tracing.endpoint is 'collector:4318'")
                .hasMessageContaining("crm.tracing.sample-ratio is '10', expected a number from 0 to 1");
    }

    private static TracingSettings read(Map<String, String> settings, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(settings.get(name)));
        TracingSettings read = TracingSettings.read(reader, environment::get);
        reader.throwIfAny();
        return read;
    }
}
