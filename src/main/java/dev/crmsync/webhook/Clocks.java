package dev.crmsync.webhook;

import java.time.Clock;
import org.apache.camel.CamelContext;

/** Finds the clock of a Camel context. */
final class Clocks {

    private Clocks() {}

    /** The clock in the registry, or the system's when there is none. */
    static Clock of(CamelContext context) {
        Clock registered = context.getRegistry().findSingleByType(Clock.class);
        return registered == null ? Clock.systemUTC() : registered;
    }
}
