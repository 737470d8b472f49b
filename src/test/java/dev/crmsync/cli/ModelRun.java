package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.model.Change;
import dev.crmsync.model.Histories;
import dev.crmsync.model.History;
import dev.crmsync.model.Oracle;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Applications on one database and one Salesforce, through which histories go, many at a time. */
final class ModelRun implements AutoCloseable {

    /** What may happen while histories are on their way, besides the sandbox's faults. */
    enum Trouble {
        NONE,
        /** Calls commit after they were given up. */
        LATE_COMMITS,
        /** An application ends without having recorded what it did, and another one starts. */
        CRASH
    }

    private static final int SENDERS = 6;

    /** The call is made or not, and the application knows. */
    private static final List<String> FAULTS = List.of(
            "{\"kind\":\"drop-before\",\"operation\":\"upsert-collection\",\"probability\":0.05}",
            "{\"kind\":\"slow\",\"operation\":\"upsert-collection\",\"delayMillis\":40,\"probability\":0.3}",
            "{\"kind\":\"http\",\"status\":503,\"operation\":\"upsert-collection\",\"probability\":0.05}",
            "{\"kind\":\"row-error\",\"errorCode\":\"UNABLE_TO_LOCK_ROW\",\"probability\":0.1}",
            "{\"kind\":\"error\",\"errorCode\":\"INVALID_SESSION_ID\",\"status\":401,\"probability\":0.05,\"count\":1}");

    /** The call is made, but the application cannot know. */
    private static final List<String> LOST_ANSWERS = List.of(
            "{\"kind\":\"drop-after\",\"operation\":\"upsert-collection\",\"probability\":0.1}",
            "{\"kind\":\"malformed\",\"operation\":\"upsert-collection\",\"probability\":0.05}",
            "{\"kind\":\"truncated\",\"operation\":\"upsert-collection\",\"probability\":0.05}");

    /** Longer than an event waits that Salesforce's set-up refused. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
    private static final Set<EventState> GOOD_ENDS =
            Set.of(EventState.DELIVERED, EventState.SUPERSEDED, EventState.IGNORED);

    /** A newer event may take over all that is wrong with one before it is sent. */
    private static final Set<EventState> REFUSED_ENDS =
            Set.of(EventState.DEAD, EventState.SUPERSEDED, EventState.DELIVERED);

    private final AtomicInteger histories = new AtomicInteger();
    private final Path data;
    private final Map<String, String> settings;
    private final Sandbox sandbox;
    private final LateProxy proxy;
    private final TestOrg org;
    private final List<TestApplication> replicas = new CopyOnWriteArrayList<>();

    private ModelRun(Path data, Map<String, String> database) throws Exception {
        this.data = data;
        sandbox = Sandbox.start(SandboxOptions.inMemory());
        proxy = new LateProxy(sandbox.port(), CALL_TIMEOUT.plusMillis(500));
        org = new TestOrg(sandbox.url());
        settings = new HashMap<>(database);
        settings.put("crm.salesforce.login-url", proxy.url());
        settings.put("crm.salesforce.client-id", "model");
        settings.put("crm.salesforce.client-secret", "model");
        settings.put("crm.salesforce.request-timeout", CALL_TIMEOUT.toSeconds() + "s");
        settings.put("crm.delivery.lease", "5s");
        settings.put("crm.delivery.first-retry", "100ms");
        settings.put("crm.delivery.longest-retry", "1s");
        settings.put("camel.main.shutdownTimeout", "1");
    }

    /**
     * Starts so many applications.
     *
     * @param database its settings; none is SQLite in {@code data}
     */
    static ModelRun start(Path data, int replicas, Map<String, String> database) throws Exception {
        ModelRun run = new ModelRun(data, database);
        for (int i = 0; i < replicas; i++) {
            run.replicas.add(TestApplication.start(data, run.settings));
        }
        return run;
    }

    /** Sends so many histories and holds what becomes of them against the oracle. */
    void check(int count, long seed, Trouble trouble) throws Exception {
        Random random = new Random(seed);
        org.control("POST", "/reset", "");
        boolean answersAreLost = random.nextBoolean();
        for (String fault : answersAreLost ? concat(FAULTS, LOST_ANSWERS) : FAULTS) {
            if (random.nextInt(3) == 0) {
                org.control("POST", "/faults", fault);
            }
        }
        proxy.holdNext(trouble == Trouble.LATE_COMMITS ? 3 : 0);
        List<HistorySender> senders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Random own = new Random(random.nextLong());
            History history = Histories.any(own, "m" + histories.incrementAndGet(), Instant.now());
            senders.add(new HistorySender(history, own, () -> replicas.get(own.nextInt(replicas.size()))));
        }
        sendAll(senders, trouble, random);
        org.control("DELETE", "/faults", "");
        drain(senders);
        senders.stream().filter(sender -> random.nextInt(3) == 0).forEach(HistorySender::replayOne);
        drain(senders);

        checkRecords(senders);
        senders.forEach(this::checkEnds);
        // what was written without an answer is unknown until it is written again, and an older event may come between
        if (!answersAreLost && trouble == Trouble.NONE) {
            checkJournal(senders);
        }
    }

    private static List<String> concat(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** The histories mix, each keeps its own order of arrival. */
    private void sendAll(List<HistorySender> senders, Trouble trouble, Random random) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<?>> sent = new ArrayList<>();
            senders.forEach(sender -> sent.add(threads.submit(sender)));
            if (trouble == Trouble.CRASH) {
                sent.get(sent.size() / 4).get();
                crash(random.nextInt(replicas.size()));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void crash(int replica) {
        replicas.get(replica).crash();
        replicas.set(replica, TestApplication.start(data, settings));
    }

    private void drain(List<HistorySender> senders) {
        try {
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> proxy.hasLetThroughAll()
                            && replicas.get(0).inbox().counts().backlog().stream()
                                    .allMatch(backlog -> backlog.pending() == 0));
        } catch (ConditionTimeoutException late) {
            List<String> waiting = senders.stream()
                    .filter(sender -> !pending(sender).isEmpty())
                    .map(sender -> pending(sender) + " of" + described(sender))
                    .toList();
            throw new AssertionError("Events that came to no end: " + waiting, late);
        }
    }

    private List<String> pending(HistorySender sender) {
        return sender.history().changes().stream()
                .flatMap(change -> sender.event(change.number()).stream())
                .filter(event -> event.state() == EventState.PENDING)
                .map(event -> event.id() + " after "
                        + replicas.get(0).inbox().events().failures(event.id()))
                .toList();
    }

    private void checkEnds(HistorySender sender) {
        for (Change change : sender.history().changes()) {
            StoredEvent event = sender.event(change.number()).orElseThrow();
            assertThat(change.refused() ? REFUSED_ENDS : GOOD_ENDS)
                    .as("ends of %s, which ended with '%s', of%s", change, event.reason(), sender.history())
                    .contains(event.state());
        }
    }

    private void checkRecords(List<HistorySender> senders) {
        Map<String, Map<String, String>> actual = OrgRecords.of(org.control("GET", "/state", ""));
        List<String> wrong = new ArrayList<>();
        for (HistorySender sender : senders) {
            var faults = Oracle.of(sender.history().changes()).allFaults(actual);
            if (!faults.isEmpty()) {
                wrong.add(faults + " after" + described(sender));
            }
        }
        assertThat(wrong).as("histories that did not end as in order").isEmpty();
    }

    private void checkJournal(List<HistorySender> senders) {
        JsonNode writes = org.control("GET", "/journal", "");
        Map<String, List<String>> setBacks = Journal.setBacks(writes);
        List<String> wrong = new ArrayList<>();
        for (HistorySender sender : senders) {
            Set<String> records =
                    new HashSet<>(Oracle.of(sender.history().changes()).records());
            // until both lives of a record are known, a version of the earlier one may seem to be the newer
            records.removeAll(sender.history().versionedAnew());
            records.retainAll(setBacks.keySet());
            records.forEach(record -> wrong.add(record + " " + setBacks.get(record) + ", written by"
                    + Journal.ofRecord(writes, record) + "\n  after" + described(sender)));
        }
        assertThat(wrong).as("fields that an older change overwrote").isEmpty();
    }

    private static String described(HistorySender sender) {
        StringBuilder ends = new StringBuilder(sender.history().toString()).append("\n  ended as");
        sender.history()
                .changes()
                .forEach(change -> sender.event(change.number())
                        .ifPresent(event -> ends.append("\n  " + change.number() + " = event " + event.id() + " "
                                + event.state().label() + ": " + event.reason())));
        return ends.toString();
    }

    @Override
    public void close() {
        replicas.forEach(TestApplication::close);
        proxy.close();
        sandbox.close();
    }
}
