package dev.crmsync.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.crmsync.check.jq.Expression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What functions make of shapes: the mapping's own, ours ({@code given}, {@code fit} …) and jq's. */
final class Functions {

    private static final int EMAIL_LENGTH = 80;
    private static final Set<Shape> TEXT = Set.of(Shape.Text.UNBOUNDED);
    private static final Set<Shape> KEY = Set.of(new Shape.Key());
    private static final Set<Shape> NUMBER = Set.of(new Shape.Number());
    private static final Set<Shape> ITEMS = Set.of(new Shape.Items());
    private static final Set<Shape> ANYTHING = Set.of(new Shape.FromSource());

    private final Evaluation evaluation;

    Functions(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    Set<Shape> call(Expression.Call call, Bindings bindings, Set<Shape> input) {
        List<Expression> arguments = call.arguments();
        return bindings.closure(call.name(), arguments.size())
                .map(closure -> own(call, closure, bindings, input))
                .orElseGet(() -> builtIn(call.name(), arguments, bindings, input));
    }

    private Set<Shape> own(Expression.Call call, Bindings.Closure closure, Bindings bindings, Set<Shape> input) {
        Bindings inner = closure.seen().with(call.name(), closure);
        for (int i = 0; i < closure.parameters().size(); i++) {
            String parameter = closure.parameters().get(i);
            Expression argument = call.arguments().get(i);
            if (parameter.startsWith("$")) {
                inner = inner.with(parameter.substring(1), evaluation.of(argument, bindings, input));
            }
            inner = inner.with(parameter.replaceFirst("^\\$", ""), new Bindings.Closure(List.of(), argument, bindings));
        }
        return evaluation.of(closure.body(), inner, input);
    }

    private Set<Shape> builtIn(String name, List<Expression> arguments, Bindings bindings, Set<Shape> input) {
        Function<Integer, Set<Shape>> argument = i -> evaluation.of(arguments.get(i), bindings, input);
        return switch (name + "/" + arguments.size()) {
            case "absent/0" -> Set.of(new Shape.Absent());
            case "header/1", "message_created_at/2" -> Set.of(new Shape.FromEnvelope());
            case "given/1" -> Operators.union(argument.apply(0), Set.of(new Shape.Absent()));
            case "given/2" ->
                Operators.union(
                        evaluation.of(arguments.get(1), bindings, argument.apply(0)),
                        Set.of(new Shape.Absent(), new Shape.NullFromSource()));
            case "key/0", "key/1" -> KEY;
            case "ref/2" -> relation(argument.apply(0));
            case "subject/2" -> TEXT;
            case "required/1", "placeholder/1" -> argument.apply(0);
            case "filled/0" -> Operators.union(input, Set.of(new Shape.NullFromSource()));
            case "flag/2" -> Set.of(new Shape.Flag());
            case "flag/1" -> Set.of(new Shape.Flag(), new Shape.Absent());
            case "fit/1" -> fit(input, argument.apply(0));
            case "email/0" -> Set.of(new Shape.Text(EMAIL_LENGTH), new Shape.NullFromSource());
            case "first_name/0", "last_name/0" -> Set.of(longest(input), new Shape.NullFromSource());
            case "empty/0", "error/0", "error/1", "halt/0" -> Set.of();
            case "select/1", "recurse/0", "unique/0", "debug/0" -> input;
            case "first/1", "last/1", "limit/2" -> argument.apply(arguments.size() - 1);
            case "ascii_upcase/0", "ascii_downcase/0", "ltrimstr/1", "rtrimstr/1", "trim/0", "ltrim/0", "rtrim/0" ->
                Set.of(longest(input));
            case "tostring/0", "join/1", "sub/2", "sub/3", "gsub/2", "gsub/3", "implode/0", "tojson/0" -> TEXT;
            case "todate/0", "strftime/1" -> Set.of(new Shape.FromEnvelope());
            case "length/0", "tonumber/0", "floor/0", "round/0", "ceil/0", "now/0", "fromdate/0", "utf8bytelength/0" ->
                NUMBER;
            case "not/0",
                    "any/0",
                    "any/1",
                    "all/0",
                    "all/1",
                    "has/1",
                    "startswith/1",
                    "endswith/1",
                    "test/1",
                    "test/2" -> Set.of(new Shape.Flag());
            case "contains/1", "inside/1", "in/1", "isvalid/1", "isempty/1" -> Set.of(new Shape.Flag());
            case "map/1", "split/1", "split/2", "sort/0", "sort_by/1", "keys/0", "to_entries/0", "values/0" -> ITEMS;
            default -> ANYTHING;
        };
    }

    private static Set<Shape> relation(Set<Shape> fields) {
        Set<Shape> relations = new LinkedHashSet<>();
        relations.add(new Shape.Absent());
        for (Shape field : fields) {
            relations.add(
                    field instanceof Shape.Constant name
                            ? new Shape.Members(Map.of(name.value().asText(), KEY), true)
                            : new Shape.FromSource());
        }
        return relations;
    }

    private static Set<Shape> fit(Set<Shape> input, Set<Shape> lengths) {
        int longest = lengths.stream()
                .mapToInt(length -> length instanceof Shape.Constant constant
                        ? constant.value().asInt()
                        : 0)
                .max()
                .orElse(0);
        if (longest < 1) {
            return input;
        }
        Set<Shape> fitted = new LinkedHashSet<>();
        for (Shape shape : input) {
            fitted.add(fit(shape, longest));
        }
        return fitted;
    }

    private static Shape fit(Shape shape, int longest) {
        if (shape instanceof Shape.Constant constant) {
            return new Shape.Constant(cut(constant.value(), longest));
        }
        if (shape instanceof Shape.Text text) {
            return new Shape.Text(Math.min(longest, text.longest()));
        }
        return shape instanceof Shape.FromSource || shape instanceof Shape.FromEnvelope
                ? new Shape.Text(longest)
                : shape;
    }

    private static JsonNode cut(JsonNode value, int longest) {
        return value.isTextual() && value.textValue().length() > longest
                ? TextNode.valueOf(value.textValue().substring(0, longest))
                : value;
    }

    /** The longest text that a function can give back that adds nothing. */
    private static Shape longest(Set<Shape> input) {
        return new Shape.Text(input.stream()
                .mapToInt(shape -> shape instanceof Shape.Text text
                        ? text.longest()
                        : shape instanceof Shape.Constant constant
                                ? constant.value().asText().length()
                                : Integer.MAX_VALUE)
                .max()
                .orElse(0));
    }
}
