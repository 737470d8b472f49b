package dev.crmsync.sandbox.org;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The changes of one request. They are visible at once to whoever holds the org's lock, and undone on roll-back. */
public final class Transaction {
    private final List<Change> changes = new ArrayList<>();

    Transaction() {}

    /** One version of a record in place of another; {@code before} is null for a new record. */
    record Change(Table table, SObjectRecord before, SObjectRecord after, WriteDraft write) {}

    void put(Table table, SObjectRecord before, SObjectRecord after, WriteDraft write) {
        Objects.requireNonNull(after, "after");
        table.replace(after.id(), after);
        changes.add(new Change(table, before, after, write));
    }

    /** A point to roll back to. */
    public int savepoint() {
        return changes.size();
    }

    /** Undoes everything since that point. */
    public void rollbackTo(int savepoint) {
        for (int i = changes.size() - 1; i >= savepoint; i--) {
            Change change = changes.remove(i);
            change.table().replace(change.after().id(), change.before());
        }
    }

    List<Change> changes() {
        return changes;
    }
}
