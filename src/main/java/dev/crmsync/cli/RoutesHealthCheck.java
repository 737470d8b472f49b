package dev.crmsync.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready only while every route is there and runs, and what is accepted is delivered. A rollout of routes that do not
 * deliver ends there, and what a sender is refused it sends again.
 */
final class RoutesHealthCheck extends AbstractHealthCheck {

    private final CamelContext context;
    private final RunningRoutes routes;

    RoutesHealthCheck(CamelContext context, RunningRoutes routes) {
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
        if (!routes.undelivered().isEmpty()) {
            problems.add("Accepted, but not delivered by any running route: " + routes.undelivered());
        }
        routes.leftOut().forEach(finding -> problems.add("Left out: " + finding));
        if (problems.isEmpty()) {
            builder.up();
        } else {
            builder.down().message(String.join("; ", problems));
        }
    }
}
