package dev.crmsync.cli;

import java.nio.file.FileSystemException;

/** Why the application did not start, as one message for the person who starts it. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    static RuntimeException of(Throwable thrown) {
        Throwable said = null;
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException settings) {
                return settings;
            }
            if (said == null && saysMoreThanItsCause(cause)) {
                said = cause;
            }
            root = cause;
        }
        String message = said == null ? root.toString() : said.getMessage();
        String reason = reason(root);
        return new StartFailure(message.contains(reason) ? message : message + ": " + reason, thrown);
    }

    private static boolean saysMoreThanItsCause(Throwable thrown) {
        return thrown.getMessage() != null
                && (thrown.getCause() == null
                        || !thrown.getMessage().equals(thrown.getCause().toString()));
    }

    /** The message of an exception about a file is the file's name alone. */
    private static String reason(Throwable root) {
        return root.getMessage() == null || root instanceof FileSystemException ? root.toString() : root.getMessage();
    }
}
