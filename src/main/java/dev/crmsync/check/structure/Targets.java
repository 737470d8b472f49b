package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import dev.crmsync.check.Names;
import dev.crmsync.check.structure.Surroundings.OwnComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EndpointUriFactory;

/** Holds the endpoints that routes name against the components, their options, and the routes that are there. */
final class Targets {

    private static final String COMPONENTS = "META-INF/services/org/apache/camel/component/";
    private static final Set<String> USUAL =
            Set.of("direct", "log", "platform-http", "jdbc", "salesforce", "mock", "timer");

    private final CamelContext context;
    private final Surroundings surroundings;
    private final Setters setters;
    private final Consumer<Finding> findings;
    private final Set<String> called = new TreeSet<>();

    Targets(CamelContext context, Surroundings surroundings, Setters setters, Consumer<Finding> findings) {
        this.context = context;
        this.surroundings = surroundings;
        this.setters = setters;
        this.findings = findings;
    }

    void check(Declarations declared) {
        Set<Endpoint> consumed = declared.routes().stream()
                .flatMap(route -> Stream.ofNullable(route.from()))
                .collect(Collectors.toSet());
        consumed.stream().filter(from -> from.scheme().equals("direct")).forEach(from -> called.add(from.name()));
        for (Declarations.Route route : declared.routes()) {
            if (route.from() == null || route.from().uri().isBlank()) {
                findings.accept(route.at().error("the route has no from with a uri: nothing would ever start it"));
            }
        }
        for (Endpoint endpoint : declared.endpoints()) {
            if (!endpoint.uri().isBlank()) {
                endpoint(endpoint, consumed.contains(endpoint));
            }
        }
    }

    private void endpoint(Endpoint endpoint, boolean consumed) {
        OwnComponent own = surroundings.components().get(endpoint.scheme());
        if (own != null) {
            own(endpoint, own, consumed);
        } else if (endpoint.scheme().contains("{{") || endpoint.scheme().contains("${")) {
            return;
        } else if (!isComponent(endpoint.scheme())) {
            List<String> names = new ArrayList<>(USUAL);
            names.addAll(surroundings.components().keySet());
            report(
                    endpoint,
                    "there is no component '" + endpoint.scheme() + "'"
                            + Names.didYouMean(
                                    endpoint.scheme(),
                                    names,
                                    "correct the name before the colon of " + endpoint.uri()));
        } else {
            options(endpoint);
        }
        if (endpoint.scheme().equals("direct")
                && !consumed
                && !endpoint.dynamic()
                && !called.contains(endpoint.name())) {
            report(
                    endpoint,
                    "no route is from direct:" + endpoint.name()
                            + Names.didYouMean(endpoint.name(), called, "add it, or load the file that it is in"));
        }
    }

    private void own(Endpoint endpoint, OwnComponent own, boolean consumed) {
        unknown(endpoint, setters.of(own.endpoint()));
        if (endpoint.name().isBlank()) {
            report(endpoint, endpoint.uri() + " does not say what: write " + endpoint.scheme() + ":<name>");
        } else if (!consumed && !endpoint.dynamic()) {
            if (!own.targets().isEmpty() && !own.targets().contains(endpoint.name())) {
                report(
                        endpoint,
                        "nothing can be sent to " + endpoint.uri()
                                + Names.didYouMean(
                                        endpoint.name(),
                                        own.targets(),
                                        "only to one of " + new TreeSet<>(own.targets())));
            }
            own.required().stream()
                    .filter(option -> !endpoint.parameters().containsKey(option))
                    .forEach(option -> report(endpoint, endpoint.uri() + " lacks the parameter " + option));
        }
    }

    private boolean isComponent(String scheme) {
        return context.hasComponent(scheme) != null
                || context.getCamelContextExtension()
                        .getFactoryFinder(COMPONENTS)
                        .findClass(scheme)
                        .isPresent();
    }

    private void options(Endpoint endpoint) {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(endpoint.scheme());
        if (factory != null && !factory.isLenientProperties()) {
            Endpoint named = endpoint.without(factory.multiValuePrefixes().values());
            unknown(named, factory.propertyNames());
        }
    }

    private void unknown(Endpoint endpoint, Set<String> options) {
        endpoint.parameters().keySet().stream()
                .filter(option -> !options.contains(option))
                .sorted()
                .forEach(option -> report(
                        endpoint,
                        "'" + endpoint.scheme() + "' has no parameter '" + option + "'"
                                + Names.didYouMean(
                                        option, options, "take it out, or see the component's documentation")));
    }

    private void report(Endpoint endpoint, String message) {
        findings.accept(endpoint.at().error(message));
    }
}
