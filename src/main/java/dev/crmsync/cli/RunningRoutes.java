package dev.crmsync.cli;

import dev.crmsync.console.RouteStatus;
import dev.crmsync.inbox.InboxComponent;
import dev.crmsync.webhook.EnvelopeReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** What the routes of this process take in and deliver, by what runs now. */
final class RunningRoutes implements RouteStatus {

    private final CamelContext context;
    private final CheckedRoutes routes;

    RunningRoutes(CamelContext context, CheckedRoutes routes) {
        this.context = context;
        this.routes = routes;
    }

    /** The sources that the receiving routes make events of. */
    Set<String> accepted() {
        return context.getRegistry().findByType(EnvelopeReader.class).stream()
                .map(EnvelopeReader::source)
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> delivered() {
        return InboxComponent.deliveredBy(context);
    }

    @Override
    public Set<String> undelivered() {
        Set<String> sources = new TreeSet<>(accepted());
        sources.removeAll(delivered());
        return sources;
    }

    @Override
    public List<String> leftOut() {
        return routes.leftOut().stream()
                .map(finding -> finding.place() + ": " + finding.message())
                .toList();
    }
}
