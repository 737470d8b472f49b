package dev.crmsync.cli;

import java.util.List;

/** The settings do not allow a start. The message names every problem with its remedy, a line each. */
final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsException(List<String> problems) {
        super(problems.size() + (problems.size() == 1 ? " setting needs" : " settings need") + " attention:\n  - "
                + String.join("\n  - ", problems));
    }
}
