package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import dev.crmsync.check.Finding.Severity;

/**
 * Where something stands.
 *
 * @param line counted from 1
 * @param route the id of the route, or what else it belongs to
 */
record Place(String file, int line, String route) {

    Finding error(String message) {
        return new Finding(Severity.ERROR, file, line, route, "", "", message);
    }

    /** For another place that names this one. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
