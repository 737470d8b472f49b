package dev.crmsync.webhook.http;

import dev.crmsync.http.MemoryBudget;
import io.vertx.core.http.HttpServerRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All requests between their headers and their answer. Together they keep to the memory budget: when it is used up, those
 * whose bodies come most slowly give way to the others.
 */
final class IncomingRequests {

    /** Room is made in larger pieces than asked for, since finding the slowest takes a look at all. */
    private static final int PART_AT_ONCE = 16;

    private final RequestLimits limits;
    private final MemoryBudget budget;
    private final Connections connections;
    private final Set<IncomingRequest> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger atWork = new AtomicInteger();

    IncomingRequests(RequestLimits limits, MemoryBudget budget, Connections connections) {
        this.limits = limits;
        this.budget = budget;
        this.connections = connections;
    }

    Connections connections() {
        return connections;
    }

    /** Reads the request's body, or refuses it. @param work what to do when it is complete */
    void receive(HttpServerRequest request, IncomingRequest.Work work) {
        new IncomingRequest(request, budget, this, work).read();
    }

    void add(IncomingRequest request) {
        open.add(request);
    }

    boolean remove(IncomingRequest request) {
        return open.remove(request);
    }

    /** Takes a place among the requests at work. */
    boolean takePlace() {
        if (atWork.incrementAndGet() > limits.concurrentRequests()) {
            atWork.decrementAndGet();
            return false;
        }
        return true;
    }

    void leavePlace() {
        atWork.decrementAndGet();
    }

    /** Takes more memory for a request, if need be from those that are slowest. */
    boolean grow(IncomingRequest request, long bytes) {
        return request.grow(bytes) || request.isReading() && growInPlaceOfOthers(request, bytes);
    }

    private boolean growInPlaceOfOthers(IncomingRequest forWhom, long bytes) {
        long enough = budget.used() - bytes - budget.size() / PART_AT_ONCE;
        List<IncomingRequest> slowestFirst = open.stream()
                .filter(request -> request != forWhom && request.isReading())
                .map(Slowness::new)
                .sorted(Comparator.comparingDouble(Slowness::rate))
                .map(Slowness::request)
                .toList();
        for (IncomingRequest slow : slowestFirst) {
            if (budget.used() <= enough && forWhom.grow(bytes)) {
                return true;
            }
            slow.giveWay();
        }
        return forWhom.grow(bytes);
    }

    /** A rate as it was at one moment: it changes while requests are put in order. */
    private record Slowness(IncomingRequest request, double rate) {
        private Slowness(IncomingRequest request) {
            this(request, request.rate());
        }
    }

    /** Gives up those that take too long or come too slowly. */
    void sweep() {
        open.forEach(request -> request.executor().execute(() -> request.check(limits)));
    }
}
