package dev.crmsync.inbox;

import dev.crmsync.record.LeasedRecord;
import dev.crmsync.record.Ledger;
import dev.crmsync.record.RecordJson;
import dev.crmsync.record.RecordKey;
import dev.crmsync.record.RecordState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The ledger in the inbox's database. Its own commits need not be on disk: what they say counts only with the settlement of
 * the events, which follows them into the same log.
 */
public final class RecordLedger implements Ledger, AutoCloseable {

    /** Longer than Salesforce works on a call whose caller has gone. */
    private static final Duration UNSURE = Duration.ofMinutes(15);

    private static final GroupLimits LIMITS = new GroupLimits(100, 1_000, 10_000);

    private static final String COLUMNS = "object, key_field, record_key, version, state, unsure_until";

    private static final String READ = """
            select r.object, r.key_field, r.record_key, r.version, r.state, r.unsure_until
              from {rows} cross join record r
             where r.object = v.object and r.key_field = v.key_field and r.record_key = v.record_key
            """;

    /**
     * A version is the time of the lease, or more, so that it never comes again, not even when the row has gone meanwhile. Whoever
     * finds a lease that was not given back does not know what its holder has written.
     */
    private static final String LEASE = """
            insert into record as r (object, key_field, record_key, version, lease_owner, lease_until)
            select v.object, v.key_field, v.record_key, v.version, v.owner, v.until from {rows} {relaxed} order by 1, 2, 3
            on conflict (object, key_field, record_key) do update
               set version = greatest(r.version + 1, excluded.version), lease_owner = excluded.lease_owner, lease_until = excluded.lease_until,
                   unsure_until = case when r.lease_owner is null then r.unsure_until else ? end
             where r.lease_owner is null or r.lease_owner = excluded.lease_owner
                or r.lease_until <= ? or not exists (select 1 from owner o where o.name = r.lease_owner)
            returning %s
            """.formatted(COLUMNS);

    /** Each row by the index, whatever the statistics of a table say that grows with every new record. */
    private static final String HELD = """
            (select v.*, held.row_id from {rows} {relaxed} cross join lateral (
               select r.ctid as row_id from record r
                where r.object = v.object and r.key_field = v.key_field and r.record_key = v.record_key
                  and r.version = v.version limit 1) held) v
             where record.ctid = v.row_id
            returning record.object, record.key_field, record.record_key
            """;

    /** A record of which nothing is known needs no row. */
    private static final String FORGET = "delete from record using " + HELD;

    private static final String RELEASE = """
            update record set state = v.state, lease_owner = null, lease_until = null,
                   unsure_until = coalesce(v.unsure_until, record.unsure_until)
              from\s""" + HELD;

    /** One process has the file, so it needs no lease and writes only what has changed, unless a person has reset it meanwhile. */
    private static final String KEEP = """
            insert into record (object, key_field, record_key, version, state, unsure_until)
            select v.object, v.key_field, v.record_key, v.version, v.state, v.unsure_until from {rows} where true
            on conflict (object, key_field, record_key) do update
               set state = excluded.state, version = record.version + 1,
                   unsure_until = coalesce(excluded.unsure_until, record.unsure_until)
             where record.version = excluded.version
            returning object, key_field, record_key
            """;

    private final Database database;
    private final Inbox inbox;
    private final Supplier<Optional<String>> owner;
    private final Clock clock;
    private volatile boolean closing;
    private final GroupCommit<List<Release>, List<RecordKey>> releases;

    /** @param owner the name under which this process may lease now, if it may */
    public RecordLedger(Inbox inbox, Supplier<Optional<String>> owner, Clock clock) {
        this.inbox = inbox;
        this.database = inbox.database();
        this.owner = owner;
        this.clock = clock;
        DatabaseRetry retry = new DatabaseRetry(DatabaseRetry.DEFAULT_PATIENCE, () -> closing);
        this.releases = new GroupCommit<>(
                inbox.workers(), "ledger", LIMITS, List::size, group -> retry.run(() -> record(group)));
    }

    @Override
    public Map<RecordKey, LeasedRecord> lease(Collection<RecordKey> keys, Duration lease) {
        Instant now = clock.instant();
        Instant until = now.plus(lease);
        return database.hasSingleWriter()
                ? read(keys, now, until)
                : owner.get().map(name -> leaseRows(name, keys, now, until)).orElseGet(Map::of);
    }

    private Map<RecordKey, LeasedRecord> read(Collection<RecordKey> keys, Instant now, Instant until) {
        Map<RecordKey, LeasedRecord> leased = new HashMap<>();
        boolean justStarted = now.isBefore(inbox.tookOverAt().plus(UNSURE));
        keys.forEach(key -> leased.put(key, new LeasedRecord(key, 0, until, RecordState.UNKNOWN, justStarted)));
        database.reading(session -> session.query(
                READ,
                row -> {
                    LeasedRecord found = leased(row, now, until);
                    return leased.put(
                            found.key(),
                            new LeasedRecord(
                                    found.key(), found.version(), until, found.state(), found.unsure() || justStarted));
                },
                rowsOf(keys)));
        return leased;
    }

    private Map<RecordKey, LeasedRecord> leaseRows(
            String owner, Collection<RecordKey> keys, Instant now, Instant until) {
        Rows rows = Rows.of(
                Rows.text("object"),
                Rows.text("key_field"),
                Rows.text("record_key"),
                Rows.bigint("version"),
                Rows.text("owner"),
                Rows.bigint("until"));
        keys.forEach(key ->
                rows.add(key.object(), key.keyField(), key.key(), now.toEpochMilli(), owner, until.toEpochMilli()));
        Map<RecordKey, LeasedRecord> leased = new HashMap<>();
        database.inTransaction(session -> session.query(
                        LEASE,
                        row -> leased(row, now, until),
                        rows,
                        now.plus(UNSURE).toEpochMilli(),
                        now.toEpochMilli()))
                .forEach(record -> leased.put(record.key(), record));
        return leased;
    }

    private static LeasedRecord leased(ResultSet row, Instant now, Instant until) throws SQLException {
        return new LeasedRecord(
                key(row),
                row.getLong(4),
                until,
                RecordJson.read(row.getString(5)),
                row.getLong(6) > now.toEpochMilli());
    }

    private static RecordKey key(ResultSet row) throws SQLException {
        return new RecordKey(row.getString(1), row.getString(2), row.getString(3));
    }

    @Override
    public CompletableFuture<Collection<RecordKey>> release(List<Release> records) {
        return records.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : releases.submit(records).thenApply(recorded -> recorded);
    }

    private List<List<RecordKey>> record(List<List<Release>> group) {
        return database.hasSingleWriter() ? keep(group) : releaseRows(group);
    }

    private List<List<RecordKey>> keep(List<List<Release>> group) {
        Set<RecordKey> recorded = new HashSet<>();
        Rows changed = releasedRows();
        for (Release release : group.stream().flatMap(List::stream).toList()) {
            if (release.changesAnything()) {
                add(changed, release);
            } else {
                recorded.add(release.record().key());
            }
        }
        if (!changed.isEmpty()) {
            recorded.addAll(database.inTransaction(session -> session.query(KEEP, RecordLedger::key, changed)));
        }
        return perRelease(group, recorded);
    }

    private List<List<RecordKey>> releaseRows(List<List<Release>> group) {
        Rows known = releasedRows();
        Rows unknown = releasedRows();
        group.forEach(releases -> releases.forEach(each -> add(each.isOfNothing() ? unknown : known, each)));
        Set<RecordKey> recorded = database.inTransaction(session -> {
            Set<RecordKey> keys = new HashSet<>();
            if (!known.isEmpty()) {
                keys.addAll(session.query(RELEASE, RecordLedger::key, known));
            }
            if (!unknown.isEmpty()) {
                keys.addAll(session.query(FORGET, RecordLedger::key, unknown));
            }
            return keys;
        });
        return perRelease(group, recorded);
    }

    private static List<List<RecordKey>> perRelease(List<List<Release>> group, Set<RecordKey> recorded) {
        return group.stream()
                .map(releases -> releases.stream()
                        .map(each -> each.record().key())
                        .filter(recorded::contains)
                        .toList())
                .toList();
    }

    private static Rows releasedRows() {
        return Rows.of(
                Rows.text("object"),
                Rows.text("key_field"),
                Rows.text("record_key"),
                Rows.bigint("version"),
                Rows.text("state"),
                Rows.bigint("unsure_until"));
    }

    private void add(Rows rows, Release release) {
        RecordKey key = release.record().key();
        rows.add(
                key.object(),
                key.keyField(),
                key.key(),
                release.record().version(),
                RecordJson.write(release.next()),
                release.unsure() ? clock.instant().plus(UNSURE).toEpochMilli() : null);
    }

    @Override
    public Map<RecordKey, RecordState> read(Collection<RecordKey> keys) {
        Map<RecordKey, RecordState> states = new HashMap<>();
        database.reading(session ->
                session.query(READ, row -> states.put(key(row), RecordJson.read(row.getString(5))), rowsOf(keys)));
        return states;
    }

    private static Rows rowsOf(Collection<RecordKey> keys) {
        Rows rows = Rows.of(Rows.text("object"), Rows.text("key_field"), Rows.text("record_key"));
        keys.forEach(key -> rows.add(key.object(), key.keyField(), key.key()));
        return rows;
    }

    /** Records what waits, then refuses everything. */
    @Override
    public void close() {
        closing = true;
        releases.close();
    }
}
