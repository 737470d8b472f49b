package dev.crmsync.sandbox.org;

import java.util.List;

/** Where committed changes are kept beyond the life of the process. */
public interface OrgStore extends AutoCloseable {
    /** Keeps nothing. */
    OrgStore NONE = new OrgStore() {
        @Override
        public void append(List<StoredChange> changes) {}

        @Override
        public void clear() {}

        @Override
        public void close() {}
    };

    /** Takes the changes of one transaction: all of them or, after a crash, none. */
    void append(List<StoredChange> changes);

    /** Forgets everything. */
    void clear();

    @Override
    void close();

    /** The version of a record that a write led to. */
    record StoredChange(Write write, SObjectRecord before, SObjectRecord after) {}
}
