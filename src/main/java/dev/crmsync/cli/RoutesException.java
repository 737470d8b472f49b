package dev.crmsync.cli;

import dev.crmsync.check.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** The routes cannot run as they are; the message lists everything that has to be corrected. */
final class RoutesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RoutesException(List<Finding> findings) {
        super("The routes have " + findings.size() + (findings.size() == 1 ? " error" : " errors") + ":\n  - "
                + findings.stream()
                        .map(finding -> finding.place() + ": " + finding.message())
                        .collect(Collectors.joining("\n  - ")));
    }
}
