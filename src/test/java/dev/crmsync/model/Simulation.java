package dev.crmsync.model;

import dev.crmsync.event.OrderKey;
import dev.crmsync.model.Change.Way;
import dev.crmsync.record.Earlier;
import dev.crmsync.record.Judgement;
import dev.crmsync.record.Place;
import dev.crmsync.record.RecordState;
import dev.crmsync.record.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Delivery without a database and a Salesforce: each webhook is applied to a map the moment it arrives, as far as the guard
 * of order lets it. Much faster than the real way, for many more histories.
 */
final class Simulation {

    private final Map<String, Map<String, String>> records = new HashMap<>();
    private final Map<String, RecordState> states = new HashMap<>();
    private final Map<Integer, Long> arrivals = new LinkedHashMap<>();
    private final Map<String, Long> subjects = new HashMap<>();
    private final History history;
    private final BiFunction<RecordState, Statement, Judgement> guard;

    private Simulation(History history, BiFunction<RecordState, Statement, Judgement> guard) {
        this.history = history;
        this.guard = guard;
    }

    /** The records that come of the history, some of its events replayed at random. */
    static Map<String, Map<String, String>> run(
            History history, Random random, BiFunction<RecordState, Statement, Judgement> guard) {
        Simulation simulation = new Simulation(history, guard);
        for (int number : history.arrivals()) {
            if (simulation.arrivals.putIfAbsent(number, simulation.arrivals.size() + 1L) == null) {
                simulation.deliver(number);
            }
            if (random.nextInt(4) == 0) {
                List<Integer> all = List.copyOf(simulation.arrivals.keySet());
                simulation.deliver(all.get(random.nextInt(all.size())));
            }
        }
        simulation.arrivals.keySet().forEach(simulation::deliverWhatWaits);
        return simulation.records;
    }

    /** Those that change only records which exist wait for them. */
    private void deliverWhatWaits(int number) {
        if (changesOnlyExisting(history.change(number))) {
            deliver(number);
        }
    }

    private void deliver(int number) {
        Deque<Integer> due = new ArrayDeque<>(List.of(number));
        while (!due.isEmpty()) {
            Change change = history.change(due.poll());
            for (RecordChange said : change.says()) {
                for (long recalled : apply(change, said)) {
                    arrivals.forEach((event, arrival) -> {
                        if (arrival == recalled) {
                            due.add(event);
                        }
                    });
                }
            }
        }
    }

    private Set<Long> apply(Change change, RecordChange said) {
        Set<String> fields = new HashSet<>(said.fields().keySet());
        fields.addAll(said.placeholders().keySet());
        Statement statement = new Statement(
                place(change),
                Statement.Kind.valueOf(said.kind().name()),
                fields,
                said.placeholders().keySet(),
                Earlier.NOTHING);
        RecordState state = states.getOrDefault(said.record(), RecordState.UNKNOWN);
        Judgement judgement = guard.apply(state, statement);
        boolean exists = records.containsKey(said.record());
        boolean onlyExisting = changesOnlyExisting(change) || said.kind() == RecordChange.Kind.DELETION;
        if (judgement.won().isEmpty() || onlyExisting && !exists) {
            states.put(said.record(), judgement.unwritten());
        } else {
            states.put(said.record(), judgement.next());
            Map<String, String> record = records.computeIfAbsent(said.record(), any -> new HashMap<>());
            judgement
                    .won()
                    .forEach(field -> record.put(
                            field,
                            said.fields().containsKey(field)
                                    ? said.fields().get(field)
                                    : said.placeholders().get(field)));
        }
        return judgement.recalled();
    }

    private static boolean changesOnlyExisting(Change change) {
        return change.type().equals("customer.logged.in") || change.type().equals("customer.email-change");
    }

    private Place place(Change change) {
        String subject = change.type().replaceFirst("[.].*", "")
                + change.body()
                        .path("customerNumber")
                        .asText(change.body()
                                .path("customerId")
                                .asText(change.body()
                                        .path("data")
                                        .path("object")
                                        .path("id")
                                        .asText("")));
        return new Place(
                key(change),
                arrivals.get(change.number()),
                subjects.computeIfAbsent(subject, any -> subjects.size() + 1L));
    }

    private static OrderKey key(Change change) {
        boolean isState =
                change.type().equals("customer.created") || change.type().equals("customer.updated");
        var version = change.body().path("metadata").path("version");
        OrderKey versioned = isState && version.isNumber() ? OrderKey.of(version.asLong()) : null;
        OrderKey time = OrderKey.of(change.at());
        if (change.way() == Way.EMPORIX_HTTP) {
            return versioned == null ? OrderKey.NONE : versioned;
        }
        return versioned == null ? time : new OrderKey(versioned.value() + "~" + time.value());
    }
}
