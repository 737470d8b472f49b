package dev.crmsync.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Whether traces are exported, and how.
 *
 * @param on false: nothing of it is even loaded
 * @param properties of OpenTelemetry, by name
 */
record TracingSettings(boolean on, Map<String, String> properties) {

    private static final List<String> ENDPOINTS =
            List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    /** @param environment yields the value of a variable, or null */
    static TracingSettings read(SettingsReader settings, UnaryOperator<String> environment) {
        Map<String, String> properties = new HashMap<>();
        settings.optional("crm.tracing.endpoint")
                .map(url -> settings.url("crm.tracing.endpoint", url, "http://collector:4318"))
                .ifPresent(url -> properties.put("otel.exporter.otlp.endpoint", url));
        Double ratio = settings.read("crm.tracing.sample-ratio", 1.0, "a number from 0 to 1", TracingSettings::ratio);
        properties.put("otel.traces.sampler", "parentbased_traceidratio");
        properties.put("otel.traces.sampler.arg", ratio.toString());
        boolean somewhere = properties.containsKey("otel.exporter.otlp.endpoint")
                || ENDPOINTS.stream().anyMatch(name -> environment.apply(name) != null);
        boolean disabled = "true".equalsIgnoreCase(environment.apply("OTEL_SDK_DISABLED"));
        return new TracingSettings(somewhere && !disabled, Map.copyOf(properties));
    }

    private static Double ratio(String text) {
        double ratio = Double.parseDouble(text);
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException();
        }
        return ratio;
    }
}
