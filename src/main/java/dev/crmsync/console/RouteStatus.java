package dev.crmsync.console;

import java.util.List;
import java.util.Set;

/** How the routes of this process stand. */
public interface RouteStatus {

    /** The sources whose events a running route delivers. */
    Set<String> delivered();

    /** The sources whose webhooks are accepted, but not delivered. */
    Set<String> undelivered();

    /** Why files of routes were left out at the start; empty when all are there. */
    List<String> leftOut();
}
