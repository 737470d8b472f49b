package dev.crmsync.sandbox.fault;

import dev.crmsync.sandbox.fault.Fault.Kind;
import dev.crmsync.sandbox.org.ApiError;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.RowFaults;
import dev.crmsync.sandbox.rest.RestApi.Routed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** The faults in force, in the order they were added; the first that fires wins. */
public final class Faults {
    /** Chance is the same in every run, so that a test that fails can be repeated. */
    private static final long SEED = 42;

    private final List<Active> active = new ArrayList<>();
    private Random random = new Random(SEED);
    private long lastId;

    /** A fault in force. */
    private static final class Active {
        private final String id;
        private final Fault fault;
        private int seen;
        private int fired;

        private Active(String id, Fault fault) {
            this.id = id;
            this.fault = fault;
        }
    }

    /** A fault in force as others see it. */
    public record Listed(String id, int seen, int fired, Fault fault) {}

    /** Puts a fault in force; returns its id. */
    public synchronized String add(Fault fault) {
        String id = "f" + ++lastId;
        active.add(new Active(id, fault));
        return id;
    }

    /** Lifts one fault; whether it was in force. */
    public synchronized boolean remove(String id) {
        return active.removeIf(each -> each.id.equals(id));
    }

    /** Lifts all, and lets chance start afresh. */
    public synchronized void clear() {
        active.clear();
        random = new Random(SEED);
    }

    public synchronized List<Listed> list() {
        return active.stream()
                .map(each -> new Listed(each.id, each.seen, each.fired, each.fault))
                .toList();
    }

    /** The fault that strikes this request, if any. */
    public Optional<Fault> next(Routed routed) {
        return next(fault -> fault.kind() != Kind.ROW_ERROR
                && fault.matches(routed.operation(), routed.object(), routed::isAbout, routed::rows));
    }

    /** The faults that strike rows of such a request. */
    public RowFaults rows(Routed routed) {
        return (object, key) -> next(fault -> fault.kind() == Kind.ROW_ERROR
                        && fault.matches(routed.operation(), object, key::equals, routed::rows))
                .map(fault -> new ApiException(
                        fault.errorStatus(),
                        new ApiError(fault.errorCode(), fault.errorMessage(), fault.fields(), Map.of())));
    }

    private synchronized Optional<Fault> next(Predicate<Fault> matches) {
        for (Active each : active) {
            if (matches.test(each.fault) && fires(each)) {
                return Optional.of(each.fault);
            }
        }
        return Optional.empty();
    }

    private boolean fires(Active each) {
        each.seen++;
        Fault fault = each.fault;
        boolean fires = each.seen >= fault.nth()
                && (fault.count() == 0 || each.fired < fault.count())
                && (fault.probability() == 1 || random.nextDouble() < fault.probability());
        if (fires) {
            each.fired++;
        }
        return fires;
    }
}
