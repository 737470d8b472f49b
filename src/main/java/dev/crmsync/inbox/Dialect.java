package dev.crmsync.inbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The little in which the databases differ. All statements are written once, with these gaps. */
interface Dialect {

    /** What stands for {@code {rows}} in a statement: a table {@code v} with the columns of the rows. */
    String table(Rows rows);

    /**
     * Binds the rows.
     *
     * @param index the first placeholder of {@link #table}
     * @return the next free placeholder
     */
    int bind(PreparedStatement statement, int index, Rows rows) throws SQLException;

    /** What stands for {@code {lock:x}}: takes a row lock on table {@code x}, waiting for other holders. */
    String lock(String table);

    /** What stands for {@code {skip-locked}}: takes row locks, leaving out rows that others hold. */
    String skipLocked();

    /**
     * What stands for {@code {pending-of-each-due}}: joins to each row of {@code due} the first pending events of that
     * subject as {@code e (id, subject_id, bytes)}; takes one parameter, how many. It must look them up subject by subject
     * whatever the statistics say: what is pending now has nothing to do with what was when they were gathered.
     */
    String pendingOfEachDue();

    /**
     * What stands for {@code {relaxed}} behind {@code {rows}}: the commit of this transaction need not wait for the disk. It gets
     * there before that of any later one.
     */
    String relaxed();

    /** Queries that make this transaction fit to store events. */
    List<String> beforeStoring();

    /**
     * Statements that each take the same rows of {@link EventRows}, store those whose event is not known yet, and make their
     * subjects due; the last one yields {@code source} and {@code event_id} of each event stored. A lease on a subject holds on;
     * its back-off ends, since what just happened at the source should not wait for an older failure.
     */
    List<String> storeNewEvents();

    /** True when the database refuses the values themselves, so that trying again is of no use. */
    boolean refusesData(SQLException e);

    /** True when the transaction lost against a concurrent one and may simply run again. */
    boolean isCollision(SQLException e);

    /** A query for the server's time in epoch milliseconds; empty where the database is a part of this process. */
    Optional<String> currentMillis();

    /** True when only one transaction at a time may write. */
    boolean hasSingleWriter();
}
