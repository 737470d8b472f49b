package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.org.OrgStore.StoredChange;
import dev.crmsync.sandbox.schema.SObjectType;
import dev.crmsync.sandbox.schema.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One Salesforce org in memory. Everything that reads or writes records runs under its one lock; a transaction is
 * handed to the store before the lock is let go.
 */
public final class Org implements AutoCloseable {
    /** Id of the organization, the same in every sandbox. */
    public static final String ORG_ID = SalesforceId.of("00D", 1);

    /** Id of the integration user. */
    public static final String USER_ID = SalesforceId.of("005", 1);

    /** Name of the integration user. */
    public static final String USERNAME = "integration@crm-sync.example";

    /** Id of a person who corrects records, with every permission set. */
    public static final String PERSON_ID = SalesforceId.of("005", 2);

    /** User name of that person. */
    public static final String PERSON_USERNAME = "person@crm-sync.example";

    private final ReentrantLock lock = new ReentrantLock();
    private final RowLocks rowLocks = new RowLocks(lock);
    private final Object somebodyElse = new Object();
    private final Schema deployed;
    private final Schema standardOnly = Schema.standardOnly();
    private final Clock clock;
    private final OrgStore store;
    private final WriteLog log;
    private final Map<String, Table> tables = new HashMap<>();
    private volatile Settings settings;
    private volatile ValidationRules validationRules;

    public Org(Schema schema, Clock clock, Settings settings, OrgStore store, int journalCapacity) {
        this.deployed = schema;
        this.clock = clock;
        settings(settings);
        this.store = store;
        this.log = new WriteLog(journalCapacity);
        seed();
    }

    private void seed() {
        tables.clear();
        deployed.types().forEach(type -> tables.put(type.name(), new Table(type)));
        Instant founded = Instant.EPOCH;
        Map<String, Object> stamps =
                Map.of("CreatedDate", founded, "LastModifiedDate", founded, "SystemModstamp", founded);
        restore(
                "Organization",
                ORG_ID,
                stamps,
                Map.of(
                        "Name", "crm-sync sandbox",
                        "OrganizationType", "Developer Edition",
                        "InstanceName", "LOCAL",
                        "IsSandbox", true,
                        "LanguageLocaleKey", "en_US",
                        "TimeZoneSidKey", "GMT",
                        "DefaultLocaleSidKey", "en_US"));
        seedUser(USER_ID, USERNAME, "Integration", stamps);
        seedUser(PERSON_ID, PERSON_USERNAME, "Person", stamps);
    }

    private void seedUser(String id, String username, String lastName, Map<String, Object> stamps) {
        restore(
                "User",
                id,
                stamps,
                Map.of(
                        "Username",
                        username,
                        "LastName",
                        lastName,
                        "Email",
                        username,
                        "Alias",
                        lastName.substring(0, 5).toLowerCase(Locale.ROOT),
                        "UserType",
                        "Standard",
                        "IsActive",
                        true,
                        "TimeZoneSidKey",
                        "GMT",
                        "LocaleSidKey",
                        "en_US",
                        "LanguageLocaleKey",
                        "en_US",
                        "EmailEncodingKey",
                        "UTF-8"));
    }

    private void restore(String type, String id, Map<String, Object> stamps, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(stamps);
        all.putAll(values);
        all.put("CreatedById", USER_ID);
        all.put("LastModifiedById", USER_ID);
        restore(SObjectRecord.of(tables.get(type).type(), id, all));
    }

    /** Takes over a record of an earlier run. */
    public void restore(SObjectRecord record) {
        locked(() -> {
            tables.get(record.type().name()).restore(record);
            return null;
        });
    }

    /** Takes over a journal entry of an earlier run. */
    public void restore(Write write) {
        locked(() -> {
            log.add(write);
            return null;
        });
    }

    /** What the integration user can see at present. */
    public Schema schema() {
        return settings.permissionSetAssigned() ? deployed : standardOnly;
    }

    /** Everything that is deployed, visible or not. */
    public Schema deployed() {
        return deployed;
    }

    public Settings settings() {
        return settings;
    }

    /**
     * Changes how the org behaves.
     *
     * @throws IllegalArgumentException when a validation rule to be switched on or off does not exist
     */
    public void settings(Settings changed) {
        validationRules = new ValidationRules(deployed, changed.activeRules(), changed.inactiveRules());
        settings = changed;
    }

    ValidationRules validationRules() {
        return validationRules;
    }

    /** The custom permissions of who makes a request. */
    Set<String> customPermissions(Caller caller) {
        return caller.userId().equals(PERSON_ID)
                ? deployed.customPermissions()
                : deployed.customPermissionsOfIntegrationUser();
    }

    /** Now, by the org's clock. */
    public Instant now() {
        return clock.instant().plus(Duration.ofMillis(settings.clockOffsetMillis()));
    }

    /** Runs a read on a state that no write disturbs. */
    public <T> T read(Supplier<T> work) {
        return locked(work);
    }

    /**
     * Runs a transaction: commits when the work returns, rolls back and passes on when it throws. Work that reports
     * errors of single rows returns normally.
     */
    public <T> T write(Function<Transaction, T> work) {
        return locked(() -> {
            Transaction transaction = new Transaction();
            boolean committed = false;
            try {
                T result = work.apply(transaction);
                commit(transaction);
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    transaction.rollbackTo(0);
                }
                rowLocks.release(transaction, committed ? settings.transactionMillis() : 0);
            }
        });
    }

    /** Keeps others from writing a record for a while, as a long transaction of somebody else would. */
    public void lockRow(String id, Duration time) {
        locked(() -> {
            rowLocks.hold(somebodyElse, id, time.toMillis());
            return null;
        });
    }

    /** Ends what {@link #lockRow} began. */
    public void unlockRows() {
        locked(() -> {
            rowLocks.release(somebodyElse, 0);
            return null;
        });
    }

    /** How many writers wait for a row that another holds. */
    public int waitingForRows() {
        return locked(rowLocks::waiting);
    }

    /** The records of an object; only under {@link #read} or {@link #write}. */
    public Table table(SObjectType type) {
        return tables.get(type.name());
    }

    /** The record with that 18-character id, deleted or not; only under {@link #read} or {@link #write}. */
    public Optional<SObjectRecord> record(String id) {
        return deployed.typeOfId(id).flatMap(type -> table(type).get(id));
    }

    /** Journal entries behind that sequence number, as far as they are kept. */
    public List<Write> writesAfter(long sequence) {
        return locked(() -> log.after(sequence));
    }

    /** The newest journal entries, oldest first. */
    public List<Write> lastWrites(int count) {
        return locked(() -> log.last(count));
    }

    /** Forgets all records and the journal, also on disk. */
    public void reset() {
        locked(() -> {
            store.clear();
            log.clear();
            seed();
            return null;
        });
    }

    /** Takes row locks, which only matters when somebody could hold them beyond the org's lock. */
    void lockRows(Transaction transaction, Supplier<List<String>> rows) {
        if (settings.transactionMillis() > 0 || rowLocks.anyHeld()) {
            rowLocks.acquire(transaction, rows.get(), settings.lockWaitMillis());
        }
    }

    @Override
    public void close() {
        locked(() -> {
            store.close();
            return null;
        });
    }

    private void commit(Transaction transaction) {
        if (transaction.changes().isEmpty()) {
            return;
        }
        Instant now = now();
        List<StoredChange> stored = new ArrayList<>(transaction.changes().size());
        long sequence = log.nextSequence();
        for (Transaction.Change change : transaction.changes()) {
            Write write = change.write().committed(sequence++, now);
            stored.add(new StoredChange(write, change.before(), change.after()));
        }
        store.append(stored);
        stored.forEach(change -> log.add(change.write()));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
