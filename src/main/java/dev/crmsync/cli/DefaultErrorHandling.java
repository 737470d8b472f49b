package dev.crmsync.cli;

import dev.crmsync.check.structure.RouteRoles;
import dev.crmsync.check.structure.RouteRoles.Role;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.model.errorhandler.RefErrorHandlerDefinition;

/**
 * Gives each route that names no configuration the one for what it is there for: a route that delivers would otherwise
 * lose what Salesforce says, and one that receives would answer 500 to everything. Camel itself knows only configurations
 * that apply to every route, or to those that name them.
 */
final class DefaultErrorHandling implements RouteBuilderLifecycleStrategy {

    /** The configuration of routes that take webhooks in. */
    static final String REFUSALS = "refusals";

    /** The configuration of routes that deliver. */
    static final String DELIVERY_ERRORS = "delivery-errors";

    /** Says that a route shall have no configuration. */
    static final String NONE = "none";

    private final RouteRoles roles;

    DefaultErrorHandling(RouteRoles roles) {
        this.roles = roles;
    }

    @Override
    public void afterConfigure(RouteBuilder builder) {
        RoutesDefinition configured = new RoutesDefinition();
        configured.setCamelContext(builder.getContext());
        configured.setResource(builder.getResource());
        for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
            Role role = roles.of(route.getInput().getEndpointUri());
            if (route.getRouteConfigurationId() == null) {
                route.setRouteConfigurationId(configuration(role));
                // Camel has just looked which configurations the route has: it shall look again.
                route.markUnprepared();
                configured.prepareRoute(route);
            }
            if (role != Role.RECEIVES && hasCamelsOwnHandler(route)) {
                route.setErrorHandlerFactory(quiet());
            }
        }
    }

    private static String configuration(Role role) {
        return switch (role) {
            case RECEIVES -> REFUSALS;
            case DELIVERS -> DELIVERY_ERRORS;
            case HANDLES_ERRORS -> NONE;
        };
    }

    private static boolean hasCamelsOwnHandler(RouteDefinition route) {
        return route.getErrorHandlerFactory() instanceof RefErrorHandlerDefinition reference
                        && reference.getRef().equals(RefErrorHandlerDefinition.DEFAULT_ERROR_HANDLER_BUILDER)
                || route.getErrorHandlerFactory() instanceof DefaultErrorHandlerDefinition own
                        && !own.hasRedeliveryPolicy();
    }

    /** Camel would log each exception that nobody handles with its trace; the inbox says it in a line. */
    private static DefaultErrorHandlerDefinition quiet() {
        DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
        handler.setLevel(LoggingLevel.OFF.name());
        handler.setRedeliveryPolicy(new RedeliveryPolicyDefinition().logExhausted(false));
        return handler;
    }
}
