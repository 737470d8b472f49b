package dev.crmsync.cli;

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
        return new StartFailure(root.getMessage() == null ? root.toString() : root.getMessage(), thrown);
    }
}
