package dev.crmsync.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready only while every route runs. */
final class RoutesHealthCheck extends AbstractHealthCheck {

    private final CamelContext context;
    private final CheckedRoutes routes;

    RoutesHealthCheck(CamelContext context, CheckedRoutes routes) {
        super("crm", "routes-started");
        this.context = context;
        this.routes = routes;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> problems = new ArrayList<>();
        if (context.getRoutes().isEmpty()) {
            problems.add("There are no routes");
        }
        List<String> stopped = context.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> !context.getRouteController().getRouteStatus(id).isStarted())
                .sorted()
                .toList();
        if (!stopped.isEmpty()) {
            problems.add("Not started: " + stopped);
        }
        routes.leftOut().forEach(finding -> problems.add("Left out: " + finding.place() + ": " + finding.message()));
        if (problems.isEmpty()) {
            builder.up();
        } else {
            builder.down().message(String.join("; ", problems));
        }
    }
}
