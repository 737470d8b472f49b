package dev.crmsync.cli;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;

/** The figures of the routes, under the names that Camel's dashboards know. */
final class CamelMetrics {

    private CamelMetrics() {}

    static void observe(CamelContext context, MeterRegistry registry) {
        MicrometerRoutePolicyFactory routes = new MicrometerRoutePolicyFactory();
        routes.setMeterRegistry(registry);
        context.addRoutePolicyFactory(routes);
    }
}
