package dev.crmsync.cli;

import dev.crmsync.salesforce.MappingFunctions;
import dev.crmsync.webhook.EnvelopeFunctions;
import org.apache.camel.spi.Registry;

/** The functions beyond plain jq that routes can use, in envelopes and in mappings. */
final class RouteFunctions {

    private RouteFunctions() {}

    static void bind(Registry registry) {
        MappingFunctions.all().forEach(registry::bind);
        EnvelopeFunctions.all().forEach(registry::bind);
    }
}
