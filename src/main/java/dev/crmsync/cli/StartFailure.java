package dev.crmsync.cli;

import java.nio.file.FileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why the application did not start, as one message for the person who starts it. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(StartFailure.class);

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
        if (isFault(root)) {
            LOG.error("The start ended in a fault of the program", thrown);
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

    /** Thrown by the Java machine or by nobody in particular: only the trace tells where. */
    private static boolean isFault(Throwable root) {
        return root instanceof Error
                || root instanceof RuntimeException
                        && root.getClass().getPackageName().equals("java.lang")
                        && !(root instanceof IllegalArgumentException)
                        && !(root instanceof IllegalStateException);
    }

    /** The message of an exception about a file is the file's name alone. */
    private static String reason(Throwable root) {
        return root.getMessage() == null || root instanceof FileSystemException ? root.toString() : root.getMessage();
    }
}
