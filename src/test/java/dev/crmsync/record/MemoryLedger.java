package dev.crmsync.record;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The ledger of a single process, kept in memory. */
public final class MemoryLedger implements Ledger {

    private final Map<RecordKey, RecordState> states = new ConcurrentHashMap<>();
    private final Clock clock;

    public MemoryLedger(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Map<RecordKey, LeasedRecord> lease(Collection<RecordKey> keys, Duration lease) {
        Map<RecordKey, LeasedRecord> leased = new HashMap<>();
        for (RecordKey key : keys) {
            RecordState state = states.getOrDefault(key, RecordState.UNKNOWN);
            leased.put(key, new LeasedRecord(key, 0, clock.instant().plus(lease), state, false));
        }
        return leased;
    }

    @Override
    public CompletableFuture<Collection<RecordKey>> release(List<Release> records) {
        records.forEach(release -> states.put(release.record().key(), release.next()));
        return CompletableFuture.completedFuture(
                records.stream().map(release -> release.record().key()).toList());
    }

    @Override
    public Map<RecordKey, RecordState> read(Collection<RecordKey> keys) {
        Map<RecordKey, RecordState> known = new HashMap<>(states);
        known.keySet().retainAll(keys);
        return known;
    }
}
