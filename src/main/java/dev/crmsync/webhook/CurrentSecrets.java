package dev.crmsync.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of one source as they are now: they may change while webhooks arrive, all at once. Which of them signed is
 * counted in {@code crm.webhook.secret.matches}, by {@code source} and {@code position} in the setting's list, from 1.
 *
 * @param <K> what a secret becomes, such as a key
 */
final class CurrentSecrets<K> {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentSecrets.class);

    private final CamelContext context;
    private final String source;
    private final String setting;
    private final boolean perType;
    private final Function<String, Optional<K>> key;
    private final MeterRegistry metrics;
    private final Map<Integer, Counter> matches = new ConcurrentHashMap<>();
    private final Map<String, String> changed = new TreeMap<>();
    private volatile SigningSecrets<K> now;

    /** The parameters and exceptions are those of {@link SigningSecrets#read}. */
    CurrentSecrets(
            CamelContext context, String source, String setting, boolean perType, Function<String, Optional<K>> key) {
        this.context = context;
        this.source = source;
        this.setting = setting;
        this.perType = perType;
        this.key = key;
        MeterRegistry registered = context.getRegistry().findSingleByType(MeterRegistry.class);
        this.metrics = registered == null ? new SimpleMeterRegistry() : registered;
        take(SigningSecrets.read(context, changed, source, setting, perType, key));
    }

    /** A snapshot: to be asked for once per request. */
    SigningSecrets<K> now() {
        return now;
    }

    /** Counts that this key of the snapshot has signed. */
    void matched(SigningSecrets<K> secrets, K matching) {
        counter(secrets.position(matching)).increment();
    }

    /**
     * Takes over changed settings. What cannot be used changes nothing.
     *
     * @param values all values that are known to have changed, by setting
     * @param names those that have changed just now; one without a value is gone
     */
    synchronized void reread(Properties values, Set<String> names) {
        Set<String> own = names.stream()
                .filter(name -> name.equals(setting) || perType && name.startsWith(setting + "."))
                .collect(Collectors.toSet());
        if (own.isEmpty()) {
            return;
        }
        Map<String, String> tried = new TreeMap<>(changed);
        own.forEach(name -> tried.put(name, values.getProperty(name, "")));
        try {
            for (String name : own) {
                if (SigningSecrets.list(tried.get(name)).isEmpty()) {
                    throw new IllegalArgumentException("Signing secret for '" + source + "' is gone: set " + name
                            + " again, or restart without it");
                }
            }
            take(SigningSecrets.read(context, tried, source, setting, perType, key));
        } catch (IllegalArgumentException e) {
            LOG.error("{}. The secrets known before stay in use", e.getMessage());
            return;
        }
        changed.putAll(tried);
        own.forEach(name -> LOG.info(
                "Signing secrets of '{}' have changed: {} holds {} now",
                source,
                name,
                SigningSecrets.list(tried.get(name)).size()));
    }

    private void take(SigningSecrets<K> secrets) {
        secrets.positions().forEach(this::counter);
        now = secrets;
    }

    private Counter counter(int position) {
        return matches.computeIfAbsent(
                position,
                any -> Counter.builder("crm.webhook.secret.matches")
                        .description("Signatures by the position of the secret that they fit")
                        .tag("source", source)
                        .tag("position", String.valueOf(position))
                        .register(metrics));
    }
}
