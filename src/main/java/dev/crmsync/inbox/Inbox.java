package dev.crmsync.inbox;

import dev.crmsync.worker.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The store of events and the schedule of what is due. Every method is one transaction, or one for each part that the
 * database refuses, and throws {@link InboxUnavailableException} when the database cannot do it now.
 */
public final class Inbox {

    private final Database database;
    private final Arrivals arrivals;
    private final AcceptEvents accepting;
    private final ClaimSubjects claiming;
    private final SettleSubjects settling;
    private final HoldSubjects holding;
    private final Pauses pauses;
    private final Events events;
    private final PayloadKeys payloadKeys;
    private final Counts counts;
    private final Replays replays;
    private final Interventions interventions;
    private final Workers workers;
    private final Owners owners;

    /** As below, with workers that nobody watches. */
    public Inbox(Database database, PayloadCipher cipher, Clock clock, Arrivals arrivals) {
        this(database, cipher, clock, arrivals, Workers.unmeasured());
    }

    /**
     * @param cipher seals payloads and upserts
     * @param clock the time by which subjects are due and leases end
     * @param arrivals told after every commit that makes something claimable
     * @param workers where those get their threads that work with this inbox
     */
    public Inbox(Database database, PayloadCipher cipher, Clock clock, Arrivals arrivals, Workers workers) {
        this.database = database;
        this.arrivals = arrivals;
        this.workers = workers;
        accepting = new AcceptEvents(database, cipher, clock);
        claiming = new ClaimSubjects(database, cipher, clock);
        holding = new HoldSubjects(database, clock);
        pauses = new Pauses(database, clock, arrivals);
        events = new Events(database, cipher);
        payloadKeys = new PayloadKeys(database, cipher, clock);
        counts = new Counts(database);
        replays = new Replays(database, cipher, clock, arrivals);
        settling = new SettleSubjects(database, cipher, clock, replays);
        interventions = new Interventions(cipher, clock, arrivals);
        owners = new Owners(database, clock, arrivals);
    }

    /** How many transactions that accept events are worth having at the same time. */
    int writersAtOnce() {
        return database.writersAtOnce();
    }

    /** Stores events, each once; in the order given. When it returns, they are on stable storage. */
    public List<Acceptance> accept(List<Received> batch) {
        List<Acceptance> results = accepting.accept(batch);
        IntStream.range(0, batch.size())
                .filter(i -> results.get(i).kind() == Acceptance.Kind.NEW)
                .mapToObj(i -> batch.get(i).event().id().source())
                .distinct()
                .forEach(arrivals::signal);
        return results;
    }

    /**
     * Makes this process an owner of claims, now or as soon as it may be, and has it take over from owners that have ended. It
     * is for the process that delivers, once.
     *
     * @param process unique among all processes that share the database
     */
    public Ownership own(String process) {
        return database.own(process, owners, workers);
    }

    /** As {@link Owners#tookOverAt}. */
    Instant tookOverAt() {
        return owners.tookOverAt();
    }

    /** Leases due subjects of a source that is not paused, those that wait longest first. */
    public List<SubjectClaim> claim(ClaimRequest request) {
        return claiming.claim(request);
    }

    /** Records what became of claims and frees their subjects; in the order given. */
    public List<SettleResult> settle(List<Settlement> settlements) {
        return settling.settle(settlements);
    }

    /**
     * Makes leases last longer, from now.
     *
     * @param fences the fence by subject id, as claimed
     * @return the subjects that are still held; all others are lost to their holder
     */
    public Set<Long> renew(Map<Long, Long> fences, Duration lease) {
        return holding.renew(fences, lease);
    }

    /**
     * Gives up all leases of an owner, claimable at once; no attempt is charged. Settling them afterwards records nothing. What
     * it has leased in the ledger is being written by a call: those leases run until their end.
     *
     * @return how many
     */
    public int releaseAll(String owner) {
        return holding.releaseAll(owner);
    }

    /**
     * Has leases run until their end whatever becomes of their owner, which stops although their calls may be in flight and
     * still commit. No attempt is charged; settling them afterwards records what became of them.
     *
     * @param fences the fence by subject id, as claimed
     */
    void keepUntilTheirEnd(String owner, Map<Long, Long> fences, Instant until) {
        holding.keepUntilTheirEnd(owner, fences, until);
    }

    /**
     * Gives up one lease, claimable at once, as if the subject had not been claimed.
     *
     * @return false when another may have it already
     */
    boolean release(SubjectClaim claim) {
        return holding.release(claim);
    }

    /**
     * Remembers durably that the one event of the claim is being tried with nothing else in flight: if that is not settled
     * either, the next claim gives it up.
     *
     * @return false when another may have the subject already: then it must not be tried
     */
    public boolean tryAlone(SubjectClaim claim) {
        return holding.tryAlone(claim);
    }

    public Pauses pauses() {
        return pauses;
    }

    public Interventions interventions() {
        return interventions;
    }

    public Replays replays() {
        return replays;
    }

    /**
     * Tells at the start, rather than event by event, that a key is missing.
     *
     * @throws PayloadSealedException when a stored payload cannot be opened with the configured keys
     */
    public void verifyPayloadKeys() {
        payloadKeys.verify();
    }

    Database database() {
        return database;
    }

    Workers workers() {
        return workers;
    }

    public Events events() {
        return events;
    }

    public Counts counts() {
        return counts;
    }

    /** Tells when something may be claimable. */
    public Arrivals arrivals() {
        return arrivals;
    }
}
