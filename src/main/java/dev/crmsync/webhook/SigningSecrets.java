package dev.crmsync.webhook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;

/**
 * The secrets of one source, as they were read from the settings: a comma-separated list, so that an old and a new one hold
 * together while the sender changes over. A source may have own secrets per event type, in {@code <setting>.<type>};
 * the types without them fall back to {@code <setting>}. All are found at start, so that a request never chooses
 * which setting is looked up.
 *
 * @param <K> what a secret becomes, such as a key
 */
final class SigningSecrets<K> {

    private final List<K> common;
    private final Map<String, List<K>> perType;

    /** By identity: a secret may stand in several lists. */
    private final Map<K, Integer> positions;

    private SigningSecrets(List<K> common, Map<String, List<K>> perType, Map<K, Integer> positions) {
        this.common = common;
        this.perType = perType;
        this.positions = positions;
    }

    /**
     * Reads a setting.
     *
     * @param changed values that hold instead of the context's, by setting
     * @param source the sender's name, for messages
     * @param perType whether to look for {@code <setting>.<type>} too
     * @param key turns a secret into a key, or into nothing when the secret is for another scheme; its exception must
     *     not contain the secret
     * @throws IllegalArgumentException when there is no secret at all, or one is unusable
     */
    static <K> SigningSecrets<K> read(
            CamelContext context,
            Map<String, String> changed,
            String source,
            String setting,
            boolean perType,
            Function<String, Optional<K>> key) {
        PropertiesComponent settings = context.getPropertiesComponent();
        Map<K, Integer> positions = new IdentityHashMap<>();
        Map<String, List<K>> keys = new HashMap<>();
        for (String name : perType ? namesBelow(setting + ".", settings, changed) : Set.<String>of()) {
            List<String> secrets = list(settings, changed, name);
            if (!secrets.isEmpty()) {
                keys.put(comparable(name.substring(setting.length() + 1)), keys(source, name, secrets, key, positions));
            }
        }
        List<String> common = list(settings, changed, setting);
        if (common.isEmpty() && keys.isEmpty()) {
            throw new IllegalArgumentException("Signing secret for '" + source + "' is missing: set " + setting
                    + (perType ? ", or " + setting + ".<event-type>" : ""));
        }
        return new SigningSecrets<>(keys(source, setting, common, key, positions), Map.copyOf(keys), positions);
    }

    /** The keys for an event type, none when there are only keys for other types. */
    List<K> forType(String eventType) {
        return eventType == null ? common : perType.getOrDefault(comparable(eventType), common);
    }

    /** The place of one of these keys in its setting's list, from 1. */
    int position(K key) {
        return positions.get(key);
    }

    /** All places that there are. */
    Set<Integer> positions() {
        return Set.copyOf(positions.values());
    }

    private static List<String> list(PropertiesComponent settings, Map<String, String> changed, String name) {
        return list(
                changed.containsKey(name)
                        ? changed.get(name)
                        : settings.resolveProperty(name).orElse(""));
    }

    /** Whether the key holds for that event type and no other. */
    boolean isOwn(String eventType, K key) {
        return eventType != null
                && !common.contains(key)
                && perType.entrySet().stream()
                        .allMatch(type -> type.getKey().equals(comparable(eventType))
                                == type.getValue().contains(key));
    }

    /** The secrets in a setting's value. */
    static List<String> list(String value) {
        return Stream.of(value.split(","))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    private static <K> List<K> keys(
            String source,
            String setting,
            List<String> secrets,
            Function<String, Optional<K>> key,
            Map<K, Integer> positions) {
        try {
            List<K> keys = new ArrayList<>();
            for (int i = 0; i < secrets.size(); i++) {
                int position = i + 1;
                key.apply(secrets.get(i)).ifPresent(made -> {
                    keys.add(made);
                    positions.put(made, position);
                });
            }
            return List.copyOf(keys);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Signing secret for '" + source + "' is not usable: " + e.getMessage() + ": correct " + setting);
        }
    }

    private static Set<String> namesBelow(String prefix, PropertiesComponent settings, Map<String, String> changed) {
        String environmentPrefix = comparable(prefix).toUpperCase(Locale.ROOT);
        Stream<String> written = Stream.concat(
                settings.loadProperties(name -> name.startsWith(prefix)).stringPropertyNames().stream(),
                System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith(prefix)));
        Stream<String> environment = System.getenv().keySet().stream()
                .filter(name -> name.startsWith(environmentPrefix) && name.length() > environmentPrefix.length())
                .map(name -> prefix + name.substring(environmentPrefix.length()).toLowerCase(Locale.ROOT));
        return Stream.of(written, environment, changed.keySet().stream().filter(name -> name.startsWith(prefix)))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
    }

    /** True when the secrets of both types are in one setting. */
    static boolean isSameSetting(String type, String other) {
        return comparable(type).equals(comparable(other));
    }

    /** Environment variables know neither case nor dots, so that names are compared without them. */
    private static String comparable(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    @Override
    public String toString() {
        return "SigningSecrets[" + common.size() + ", per type: " + perType.keySet() + "]";
    }
}
