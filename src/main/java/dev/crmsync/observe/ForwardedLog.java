package dev.crmsync.observe;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Brings what a library logs with java.util.logging into the application's log, in its form. */
final class ForwardedLog extends Handler {

    /** Held here: java.util.logging forgets loggers that nobody holds, and their handlers with them. */
    private final Logger from;

    private final SimpleFormatter messages = new SimpleFormatter();

    private ForwardedLog(Logger from) {
        this.from = from;
    }

    /** @param name of the logger whose lines, and those of all below it, are forwarded until closed */
    static ForwardedLog of(String name) {
        Logger from = Logger.getLogger(name);
        ForwardedLog forwarded = new ForwardedLog(from);
        from.setUseParentHandlers(false);
        from.addHandler(forwarded);
        return forwarded;
    }

    @Override
    public void publish(LogRecord line) {
        org.slf4j.Logger to = LoggerFactory.getLogger(line.getLoggerName());
        String message = messages.formatMessage(line);
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            to.warn(message, line.getThrown());
        } else if (line.getLevel().intValue() >= Level.INFO.intValue()) {
            to.info(message, line.getThrown());
        } else {
            to.debug(message, line.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        from.removeHandler(this);
        from.setUseParentHandlers(true);
    }
}
