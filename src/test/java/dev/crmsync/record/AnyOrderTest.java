package dev.crmsync.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.OrderKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever the order of arrival, each field ends with what applying the events one by one in their true order leaves. A
 * deletion speaks about all fields: what those hold that it does not clear is left open.
 */
class AnyOrderTest {

    private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");
    private static final List<String> FIELDS = List.of("A", "B", "C", "D");
    private static final Set<String> DELETED_FIELDS = Set.of("A", "B");
    private static final int MOST_EVENTS = 9;

    /** @param number its place in true order, and the value of its fields */
    private record Said(
            int number, Statement.Kind kind, Integer version, Set<String> fields, Set<String> placeholders) {

        Statement arrivedAs(long arrival) {
            String time = OrderKey.of(START.plusSeconds(number)).value();
            String key = version == null ? time : OrderKey.of(version).value() + "~" + time;
            return new Statement(new Place(new OrderKey(key), arrival, 1), kind, fields, placeholders, Earlier.NOTHING);
        }
    }

    @Property(tries = 5_000)
    void everyOrderOfArrivalEndsAlike(@ForAll long seed) {
        Random random = new Random(seed);
        List<Said> history = history(random);
        List<Said> arrivals = new ArrayList<>(history);
        Collections.shuffle(arrivals, random);

        assertThat(delivered(arrivals, random)).as("arrivals: %s", arrivals).containsAllEntriesOf(inOrder(history));
    }

    private static List<Said> history(Random random) {
        List<Said> history = new ArrayList<>();
        int version = 0;
        int count = 1 + random.nextInt(MOST_EVENTS);
        for (int number = 1; number <= count; number++) {
            int die = random.nextInt(10);
            Statement.Kind kind = die == 0 || number == 1 && random.nextBoolean()
                    ? Statement.Kind.CREATION
                    : die <= 2 ? Statement.Kind.DELETION : Statement.Kind.STATE;
            boolean versioned =
                    kind == Statement.Kind.CREATION || kind == Statement.Kind.STATE && random.nextInt(3) > 0;
            version = kind == Statement.Kind.CREATION ? 1 : versioned ? version + 1 : version;
            Set<String> fields = new HashSet<>(kind == Statement.Kind.DELETION ? DELETED_FIELDS : FIELDS);
            if (kind != Statement.Kind.DELETION) {
                fields.removeIf(field -> random.nextInt(3) == 0);
            }
            Set<String> placeholders = new HashSet<>();
            if (kind != Statement.Kind.DELETION && random.nextInt(3) == 0 && fields.contains("A")) {
                placeholders.add("A");
            }
            history.add(new Said(number, kind, versioned ? version : null, fields, placeholders));
        }
        return history;
    }

    private static Map<String, Integer> inOrder(List<Said> history) {
        Map<String, Integer> values = new HashMap<>();
        Set<String> real = new HashSet<>();
        boolean deleted = false;
        for (Said said : history) {
            deleted = said.kind == Statement.Kind.DELETION || deleted && said.kind != Statement.Kind.CREATION;
            if (deleted && said.kind != Statement.Kind.DELETION) {
                continue;
            }
            if (deleted) {
                values.clear();
            }
            for (String field : said.fields) {
                boolean placeholder = said.placeholders.contains(field);
                if (!placeholder || !real.contains(field)) {
                    values.put(field, said.number);
                }
                if (said.kind == Statement.Kind.DELETION) {
                    real.remove(field);
                } else if (!placeholder) {
                    real.add(field);
                }
            }
        }
        return values;
    }

    /** Now and then an event is delivered again, as after a crash or by a person. */
    private static Map<String, Integer> delivered(List<Said> arrivals, Random random) {
        Map<String, Integer> values = new HashMap<>();
        RecordState state = RecordState.UNKNOWN;
        for (int arrival = 1; arrival <= arrivals.size(); arrival++) {
            Deque<Long> due = new ArrayDeque<>(List.of((long) arrival));
            if (random.nextInt(4) == 0) {
                due.add(1L + random.nextInt(arrival));
            }
            for (int rounds = 0; !due.isEmpty(); rounds++) {
                assertThat(rounds).as("deliveries after one arrival").isLessThan(1_000);
                long next = due.remove();
                Said said = arrivals.get((int) next - 1);
                Judgement judgement = state.judge(said.arrivedAs(next));
                judgement.won().forEach(field -> values.put(field, said.number));
                state = RecordJson.read(RecordJson.write(judgement.next()));
                due.addAll(judgement.recalled());
            }
        }
        return values;
    }
}
