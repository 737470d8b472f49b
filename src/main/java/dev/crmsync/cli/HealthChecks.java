package dev.crmsync.cli;

import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;

/** Adds the application's own checks to Camel's. */
final class HealthChecks {

    private HealthChecks() {}

    static void register(CamelContext context, HealthCheck... checks) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        for (HealthCheck check : checks) {
            registry.register(check);
        }
    }
}
