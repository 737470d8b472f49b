package dev.crmsync.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.check.jq.Expression;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What jq's operators make of shapes. */
final class Operators {

    private Operators() {}

    /**
     * @param place the left side as it stands, which an assignment changes
     * @param input what the expression works on
     */
    static Set<Shape> apply(
            String operator, Set<Shape> left, Supplier<Set<Shape>> right, Expression place, Set<Shape> input) {
        return switch (operator) {
            case "," -> union(left, right.get());
            case "//" -> union(truthy(left), right.get());
            case "==", "!=", "<", "<=", ">", ">=", "and", "or" -> Set.of(new Shape.Flag());
            case "+" -> sums(left, right.get());
            case "-", "*", "/", "%" -> arithmetic(left, right.get());
            case "=" -> assigned(place, right.get(), input);
            default -> Set.of(new Shape.FromSource());
        };
    }

    static Set<Shape> union(Set<Shape> one, Set<Shape> other) {
        Set<Shape> union = new LinkedHashSet<>(one);
        union.addAll(other);
        return union;
    }

    /** Without what {@code //} replaces. */
    private static Set<Shape> truthy(Set<Shape> shapes) {
        Set<Shape> left = new LinkedHashSet<>(shapes);
        left.removeIf(shape -> shape instanceof Shape.NullFromSource || isNull(shape) || isFalse(shape));
        return left;
    }

    static boolean isNull(Shape shape) {
        return shape instanceof Shape.Constant constant && constant.value().isNull();
    }

    private static boolean isFalse(Shape shape) {
        return shape instanceof Shape.Constant constant
                && constant.value().isBoolean()
                && !constant.value().booleanValue();
    }

    private static Set<Shape> sums(Set<Shape> left, Set<Shape> right) {
        Set<Shape> sums = new LinkedHashSet<>();
        for (Shape one : left) {
            for (Shape other : right) {
                sums.add(sum(one, other));
            }
        }
        return sums;
    }

    private static Shape sum(Shape one, Shape other) {
        if (isNull(one) || one instanceof Shape.NullFromSource) {
            return other;
        }
        if (isNull(other) || other instanceof Shape.NullFromSource) {
            return one;
        }
        if (one instanceof Shape.Members left && other instanceof Shape.Members right) {
            return left.plus(right);
        }
        if (one instanceof Shape.Members known) {
            return new Shape.Members(known.values(), false);
        }
        if (other instanceof Shape.Members known) {
            return new Shape.Members(known.values(), false);
        }
        if (isText(one) || isText(other)) {
            int more = longest(other);
            return new Shape.Text(longest(one)).plus(more);
        }
        return isNumber(one) && isNumber(other) ? new Shape.Number() : new Shape.FromSource();
    }

    private static boolean isText(Shape shape) {
        return shape instanceof Shape.Text
                || shape instanceof Shape.FromEnvelope
                || shape instanceof Shape.Constant constant && constant.value().isTextual();
    }

    private static boolean isNumber(Shape shape) {
        return shape instanceof Shape.Number
                || shape instanceof Shape.Constant constant && constant.value().isNumber();
    }

    private static int longest(Shape shape) {
        if (shape instanceof Shape.Text text) {
            return text.longest();
        }
        return shape instanceof Shape.Constant constant ? textLength(constant.value()) : Integer.MAX_VALUE;
    }

    private static int textLength(JsonNode value) {
        return value.asText().length();
    }

    private static Set<Shape> arithmetic(Set<Shape> left, Set<Shape> right) {
        boolean numbers = union(left, right).stream().anyMatch(Operators::isNumber);
        return Set.of(numbers ? new Shape.Number() : new Shape.FromSource());
    }

    /** {@code .Field = value} on an object that the mapping has made. */
    private static Set<Shape> assigned(Expression place, Set<Shape> value, Set<Shape> input) {
        if (!(place instanceof Expression.Field field) || !(field.of() instanceof Expression.Identity)) {
            return Set.of(new Shape.FromSource());
        }
        Set<Shape> result = new LinkedHashSet<>();
        for (Shape shape : input) {
            if (shape instanceof Shape.Members members) {
                Map<String, Set<Shape>> changed = new LinkedHashMap<>(members.values());
                changed.put(field.name(), value);
                result.add(new Shape.Members(changed, members.complete()));
            } else {
                result.add(new Shape.FromSource());
            }
        }
        return result;
    }
}
