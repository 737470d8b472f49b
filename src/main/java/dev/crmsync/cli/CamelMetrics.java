package dev.crmsync.cli;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;

/** The figures of the routes, under the names that Camel's dashboards know. */
final class CamelMetrics {

    private CamelMetrics() {}

    static void observe(CamelContext context, MeterRegistry registry) {
        MicrometerRoutePolicyFactory routes = new MicrometerRoutePolicyFactory();
        routes.setMeterRegistry(registry);
        // Sums over all routes are the reader's to make: they would cost every exchange as much again.
        MicrometerRoutePolicyConfiguration configuration = new MicrometerRoutePolicyConfiguration();
        configuration.setContextEnabled(false);
        configuration.setExternalRedeliveries(false);
        configuration.setFailuresHandled(false);
        routes.setPolicyConfiguration(configuration);
        context.addRoutePolicyFactory(routes);
    }
}
