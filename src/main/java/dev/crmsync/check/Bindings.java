package dev.crmsync.check;

import dev.crmsync.check.jq.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables and functions that are known at one place of a mapping. */
record Bindings(Map<String, Set<Shape>> variables, Map<String, Closure> closures) {

    static final Bindings EMPTY = new Bindings(Map.of(), Map.of());

    /** A function of the mapping's own, or an argument of one, with what it can see. */
    record Closure(List<String> parameters, Expression body, Bindings seen) {}

    Optional<Set<Shape>> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    Optional<Closure> closure(String name, int arguments) {
        return Optional.ofNullable(closures.get(name + "/" + arguments));
    }

    Bindings with(String variable, Set<Shape> value) {
        Map<String, Set<Shape>> more = new HashMap<>(variables);
        more.put(variable, value);
        return new Bindings(more, closures);
    }

    Bindings with(Expression.Definition definition) {
        return with(definition.name(), new Closure(definition.parameters(), definition.body(), this));
    }

    Bindings with(String name, Closure closure) {
        Map<String, Closure> more = new HashMap<>(closures);
        more.put(name + "/" + closure.parameters().size(), closure);
        return new Bindings(variables, more);
    }
}
