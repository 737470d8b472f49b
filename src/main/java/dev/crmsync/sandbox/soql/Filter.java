package dev.crmsync.sandbox.soql;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.FieldType;
import dev.crmsync.sandbox.schema.SObjectType;
import dev.crmsync.sandbox.soql.Condition.And;
import dev.crmsync.sandbox.soql.Condition.Comparison;
import dev.crmsync.sandbox.soql.Condition.Not;
import dev.crmsync.sandbox.soql.Condition.Operator;
import dev.crmsync.sandbox.soql.Condition.Or;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Turns conditions into tests of records. */
final class Filter {
    private final Org org;
    private final SObjectType type;

    Filter(Org org, SObjectType type) {
        this.org = org;
        this.type = type;
    }

    Predicate<SObjectRecord> of(Condition condition) {
        if (condition instanceof And and) {
            List<Predicate<SObjectRecord>> parts =
                    and.parts().stream().map(this::of).toList();
            return record -> parts.stream().allMatch(part -> part.test(record));
        }
        if (condition instanceof Or or) {
            List<Predicate<SObjectRecord>> parts =
                    or.parts().stream().map(this::of).toList();
            return record -> parts.stream().anyMatch(part -> part.test(record));
        }
        if (condition instanceof Not not) {
            return of(not.part()).negate();
        }
        Comparison comparison = (Comparison) condition;
        Path path = Path.of(org, type, comparison.path());
        filterable(path.field());
        Predicate<Object> test = test(comparison, path.field());
        return record -> test.test(Operand.comparable(path.field(), value(path, record)));
    }

    private Object value(Path path, SObjectRecord record) {
        Object value = path.value(org, record);
        return value == null && path.field().type() == FieldType.BOOLEAN ? Boolean.FALSE : value;
    }

    private Predicate<Object> test(Comparison comparison, Field field) {
        Literal literal = comparison.values().get(0);
        Optional<DayRange> days = field.type() == FieldType.DATE || field.type() == FieldType.DATETIME
                ? DayRange.of(literal, org.now())
                : Optional.empty();
        if (days.isPresent()) {
            return within(comparison.operator(), days.get(), field.type());
        }
        return switch (comparison.operator()) {
            case IN, NOT_IN -> {
                Set<Object> wanted = new HashSet<>();
                comparison.values().forEach(value -> wanted.add(Operand.of(field, value)));
                yield comparison.operator() == Operator.IN ? wanted::contains : value -> !wanted.contains(value);
            }
            case LIKE -> like(field, literal);
            default -> compared(comparison.operator(), Operand.of(field, literal));
        };
    }

    private static Predicate<Object> compared(Operator operator, Object wanted) {
        return switch (operator) {
            case EQUAL -> value -> same(value, wanted);
            case NOT_EQUAL -> value -> !same(value, wanted);
            case LESS -> value -> bothThere(value, wanted) && Values.compare(value, wanted) < 0;
            case LESS_OR_EQUAL -> value -> bothThere(value, wanted) && Values.compare(value, wanted) <= 0;
            case GREATER -> value -> bothThere(value, wanted) && Values.compare(value, wanted) > 0;
            case GREATER_OR_EQUAL -> value -> bothThere(value, wanted) && Values.compare(value, wanted) >= 0;
            default -> throw new IllegalArgumentException("Not a comparison with one value: " + operator);
        };
    }

    private static Predicate<Object> within(Operator operator, DayRange days, FieldType type) {
        Comparable<?> start = days.start(type);
        Comparable<?> end = days.end(type);
        Predicate<Object> fromStart = value -> value != null && Values.compare(value, start) >= 0;
        Predicate<Object> beforeEnd = value -> value != null && Values.compare(value, end) < 0;
        return switch (operator) {
            case EQUAL -> fromStart.and(beforeEnd);
            case NOT_EQUAL -> fromStart.and(beforeEnd).negate();
            case LESS -> value -> value != null && !fromStart.test(value);
            case LESS_OR_EQUAL -> beforeEnd;
            case GREATER -> value -> value != null && !beforeEnd.test(value);
            case GREATER_OR_EQUAL -> fromStart;
            default ->
                throw ApiException.of(ErrorCode.MALFORMED_QUERY, "A date literal cannot be compared by " + operator);
        };
    }

    private static Predicate<Object> like(Field field, Literal literal) {
        if (!field.type().isText() || !literal.quoted()) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD, "invalid operator on field '" + field.name() + "': LIKE needs text");
        }
        Pattern pattern = Like.pattern(literal.text());
        return value -> value != null && pattern.matcher((String) value).matches();
    }

    private static void filterable(Field field) {
        if (field.type() == FieldType.ADDRESS || field.type() == FieldType.TEXTAREA && field.length() > 255) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD, "field '" + field.name() + "' can not be filtered in a query call");
        }
    }

    private static boolean same(Object value, Object wanted) {
        return value == null || wanted == null ? value == wanted : Values.compare(value, wanted) == 0;
    }

    private static boolean bothThere(Object value, Object wanted) {
        return value != null && wanted != null;
    }
}
