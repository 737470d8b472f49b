package dev.crmsync.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.crmsync.check.jq.Expression;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a mapping on shapes instead of values: it follows every branch at once. */
final class Evaluation {

    private static final int DEEPEST = 200;
    private static final int MOST_ALTERNATIVES = 256;
    private static final Set<Shape> ANYTHING = Set.of(new Shape.FromSource());
    private static final Set<Shape> NULL = Set.of(new Shape.Constant(NullNode.getInstance()));

    private final Functions functions = new Functions(this);
    private int depth;

    /** What the mapping can come out as. */
    static Set<Shape> of(Expression mapping) {
        return new Evaluation().of(mapping, Bindings.EMPTY, ANYTHING);
    }

    Set<Shape> of(Expression expression, Bindings bindings, Set<Shape> input) {
        if (depth == DEEPEST) {
            return ANYTHING;
        }
        depth++;
        try {
            Set<Shape> result = dispatch(expression, bindings, input);
            return result.size() > MOST_ALTERNATIVES ? ANYTHING : result;
        } finally {
            depth--;
        }
    }

    private Set<Shape> dispatch(Expression expression, Bindings bindings, Set<Shape> input) {
        if (expression instanceof Expression.Identity) {
            return input;
        } else if (expression instanceof Expression.Constant constant) {
            return Set.of(new Shape.Constant(constant.value()));
        } else if (expression instanceof Expression.Interpolated) {
            return Set.of(Shape.Text.UNBOUNDED);
        } else if (expression instanceof Expression.Field field) {
            return member(of(field.of(), bindings, input), field.name());
        } else if (expression instanceof Expression.Index index) {
            return indexed(of(index.of(), bindings, input), of(index.key(), bindings, input));
        } else if (expression instanceof Expression.Slice slice) {
            return sliced(of(slice.of(), bindings, input), slice);
        } else if (expression instanceof Expression.Variable variable) {
            return bindings.variable(variable.name()).orElse(ANYTHING);
        } else if (expression instanceof Expression.ArrayOf) {
            return Set.of(new Shape.Items());
        } else if (expression instanceof Expression.ObjectOf object) {
            return Set.of(object(object, bindings, input));
        } else if (expression instanceof Expression.Conditional conditional) {
            return conditional(conditional, bindings, input);
        } else if (expression instanceof Expression.Pipe pipe) {
            return of(pipe.right(), bindings, of(pipe.left(), bindings, input));
        } else if (expression instanceof Expression.Binding binding) {
            Set<Shape> source = of(binding.source(), bindings, input);
            Bindings inner = bindings;
            for (String name : binding.names()) {
                inner = inner.with(name, binding.whole() ? source : ANYTHING);
            }
            return of(binding.body(), inner, input);
        } else if (expression instanceof Expression.Binary binary) {
            return Operators.apply(
                    binary.operator(),
                    of(binary.left(), bindings, input),
                    () -> of(binary.right(), bindings, input),
                    binary.left(),
                    input);
        } else if (expression instanceof Expression.Definition definition) {
            return of(definition.rest(), bindings.with(definition), input);
        } else if (expression instanceof Expression.Call call) {
            return functions.call(call, bindings, input);
        }
        return ANYTHING;
    }

    private static Set<Shape> member(Set<Shape> objects, String name) {
        Set<Shape> result = new LinkedHashSet<>();
        for (Shape shape : objects) {
            if (shape instanceof Shape.Members members) {
                result.addAll(members.values().getOrDefault(name, members.complete() ? NULL : ANYTHING));
            } else {
                result.add(new Shape.FromSource());
            }
        }
        return result;
    }

    private static Set<Shape> indexed(Set<Shape> objects, Set<Shape> keys) {
        Set<Shape> result = new LinkedHashSet<>();
        for (Shape key : keys) {
            if (key instanceof Shape.Constant constant && constant.value().isTextual()) {
                result.addAll(member(objects, constant.value().textValue()));
            } else {
                objects.forEach(object -> result.addAll(anyMember(object)));
            }
        }
        return result;
    }

    /** A member whose name comes from the event: any of them, or none. */
    private static Set<Shape> anyMember(Shape object) {
        if (!(object instanceof Shape.Members members) || !members.complete()) {
            return ANYTHING;
        }
        Set<Shape> any = new LinkedHashSet<>();
        members.values().values().forEach(any::addAll);
        any.add(new Shape.NullFromSource());
        return any;
    }

    private static Set<Shape> sliced(Set<Shape> texts, Expression.Slice slice) {
        Integer from = slice.from() == null ? Integer.valueOf(0) : number(slice.from());
        Integer to = slice.to() == null ? null : number(slice.to());
        boolean bounded = from != null && from >= 0 && to != null && to >= from;
        return texts.stream().allMatch(Shape.Items.class::isInstance)
                ? texts
                : Set.of(bounded ? new Shape.Text(to - from) : Shape.Text.UNBOUNDED);
    }

    private static Integer number(Expression expression) {
        return expression instanceof Expression.Constant constant
                        && constant.value().isNumber()
                ? constant.value().intValue()
                : null;
    }

    private Shape object(Expression.ObjectOf object, Bindings bindings, Set<Shape> input) {
        Map<String, Set<Shape>> values = new LinkedHashMap<>();
        boolean complete = true;
        for (Expression.Member member : object.members()) {
            Set<Shape> value = of(member.value(), bindings, input);
            List<String> names = names(of(member.key(), bindings, input));
            complete &= !names.isEmpty();
            for (String name : names) {
                Set<Shape> shapes = new LinkedHashSet<>(value);
                if (names.size() > 1) {
                    shapes.add(new Shape.Absent());
                }
                values.put(name, shapes);
            }
        }
        return new Shape.Members(values, complete);
    }

    /** The names that a computed key can have; empty when they are not known. */
    private static List<String> names(Set<Shape> keys) {
        boolean known = keys.stream()
                .allMatch(key -> key instanceof Shape.Constant constant
                        && constant.value().isTextual());
        return known
                ? keys.stream()
                        .map(key -> ((Shape.Constant) key).value())
                        .map(JsonNode::textValue)
                        .toList()
                : List.of();
    }

    private Set<Shape> conditional(Expression.Conditional conditional, Bindings bindings, Set<Shape> input) {
        Set<Shape> result = new LinkedHashSet<>();
        conditional.outcomes().forEach(outcome -> result.addAll(of(outcome, bindings, input)));
        result.addAll(of(conditional.otherwise(), bindings, input));
        return result;
    }
}
