package dev.crmsync.cli;

import java.nio.file.FileSystemException;

/** Why the application did not start, as one message for the person who starts it. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    static RuntimeException of(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException settings) {
                return settings;
            }
            root = cause;
        }
        boolean saysNothing = root.getMessage() == null || root instanceof FileSystemException;
        return new StartFailure(saysNothing ? root.toString() : root.getMessage(), thrown);
    }
}
