package dev.crmsync.sandbox.soql;

import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.org.Table;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.soql.Condition.And;
import dev.crmsync.sandbox.soql.Condition.Comparison;
import dev.crmsync.sandbox.soql.Condition.Operator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Narrows a query down to the records that an index finds, so that look-ups by key stay fast however many there are. */
final class Candidates {
    private final Org org;
    private final Table table;

    Candidates(Org org, Table table) {
        this.org = org;
        this.table = table;
    }

    /** A superset of the matching live records; all records when no index helps. */
    Collection<SObjectRecord> of(Optional<Condition> where, boolean includeDeleted) {
        Optional<Set<String>> ids = includeDeleted ? Optional.empty() : where.flatMap(this::ids);
        if (ids.isEmpty()) {
            return table.all();
        }
        List<SObjectRecord> records = new ArrayList<>();
        ids.get().forEach(id -> table.get(id).ifPresent(records::add));
        return records;
    }

    private Optional<Set<String>> ids(Condition condition) {
        if (condition instanceof And and) {
            return and.parts().stream().map(this::ids).flatMap(Optional::stream).findFirst();
        }
        if (condition instanceof Comparison comparison
                && (comparison.operator() == Operator.EQUAL || comparison.operator() == Operator.IN)
                && comparison.values().stream().noneMatch(Literal::isNull)) {
            Path path = Path.of(org, table.type(), comparison.path());
            return path.references().isEmpty() ? ids(path.field(), comparison.values()) : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Set<String>> ids(Field field, List<Literal> values) {
        boolean byId = field.name().equals("Id");
        if (!byId && !table.hasIndex(field)) {
            return Optional.empty();
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Literal value : values) {
            Object operand = Operand.of(field, value);
            if (byId) {
                ids.add((String) operand);
            } else {
                ids.addAll(table.find(field, operand));
            }
        }
        return Optional.of(ids);
    }
}
