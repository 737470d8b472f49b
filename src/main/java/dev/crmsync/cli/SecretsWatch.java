package dev.crmsync.cli;

import dev.crmsync.webhook.Verifier;
import dev.crmsync.worker.Workers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at the mounted settings and tells the verifiers what has changed, so that a secret is rotated
 * without a restart. The contents are compared: the kubelet replaces a link, of which no file system tells reliably.
 */
final class SecretsWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretsWatch.class);

    private final CamelContext context;
    private final Supplier<Properties> mounted;
    private final ScheduledExecutorService timer;
    private Properties seen;

    private SecretsWatch(CamelContext context, Supplier<Properties> mounted, ScheduledExecutorService timer) {
        this.context = context;
        this.mounted = mounted;
        this.timer = timer;
        this.seen = mounted.get();
    }

    /**
     * Starts to look.
     *
     * @param context its registry holds the verifiers
     * @param mounted reads the settings anew
     */
    static SecretsWatch start(CamelContext context, Supplier<Properties> mounted, Duration interval, Workers workers) {
        SecretsWatch watch = new SecretsWatch(context, mounted, workers.named("secrets-watch"));
        watch.timer.scheduleWithFixedDelay(
                watch::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        try {
            Properties now = mounted.get();
            Set<String> names = new HashSet<>(now.stringPropertyNames());
            names.addAll(seen.stringPropertyNames());
            names.removeIf(name -> now.getProperty(name, "").equals(seen.getProperty(name, "")));
            seen = now;
            if (!names.isEmpty()) {
                context.getRegistry()
                        .findByType(Verifier.class)
                        .forEach(verifier -> verifier.secretsChanged(now, names));
            }
        } catch (RuntimeException e) {
            LOG.warn("The mounted settings could not be read, they are looked at again: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
