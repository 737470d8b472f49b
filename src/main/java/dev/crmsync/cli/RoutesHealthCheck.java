package dev.crmsync.cli;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready only while every route runs. */
final class RoutesHealthCheck extends AbstractHealthCheck {

    private final CamelContext context;

    RoutesHealthCheck(CamelContext context) {
        super("crm", "routes-started");
        this.context = context;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> stopped = context.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> !context.getRouteController().getRouteStatus(id).isStarted())
                .sorted()
                .toList();
        if (stopped.isEmpty() && !context.getRoutes().isEmpty()) {
            builder.up();
        } else {
            builder.down().message(stopped.isEmpty() ? "There are no routes" : "Not started: " + stopped);
        }
    }
}
