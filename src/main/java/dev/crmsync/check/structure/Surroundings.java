package dev.crmsync.check.structure;

import java.util.Map;
import java.util.Set;

/**
 * What the application brings along for routes to name, besides what Camel has.
 *
 * @param beans names of beans that routes need not declare
 * @param components the application's own, by scheme
 * @param beanTypes classes that beans are usually made of, for guesses
 * @param readerType the class of beans that make events of webhooks; their property {@code source} names the source
 */
public record Surroundings(
        Set<String> beans, Map<String, OwnComponent> components, Set<String> beanTypes, String readerType) {

    /**
     * A component of the application.
     *
     * @param endpoint the class whose setters are its options
     * @param required the options without which nothing can be sent
     * @param targets what a message can be sent to; empty for anything
     */
    public record OwnComponent(Class<?> endpoint, Set<String> required, Set<String> targets) {}
}
