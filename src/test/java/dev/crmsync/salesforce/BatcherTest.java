package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.event.DeliveryControl;
import dev.crmsync.event.Lease;
import dev.crmsync.event.Traffic;
import dev.crmsync.event.Turn;
import dev.crmsync.event.Turns;
import dev.crmsync.record.MemoryLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatcherTest {

    private static final String KEY = "Pivotal_Key__c";
    private static final Duration NEVER = Duration.ofHours(1);

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final ScriptedSalesforce salesforce = new ScriptedSalesforce();
    private final Traffic traffic = new Traffic();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final Batchers batchers = new Batchers(
            salesforce,
            new Circuit(DeliveryControl.FREE, new RetryAfter(Clock.systemUTC()), Clock.systemUTC()),
            new RowLeases(new MemoryLedger(Clock.systemUTC()), Duration.ofMinutes(1), Clock.systemUTC(), Runnable::run),
            new ApiBudget(new ApiUsage(), NEVER),
            new SalesforceMetrics(new SimpleMeterRegistry(), new ApiUsage()),
            new BatchLimits(200, 1 << 20, 2, NEVER),
            traffic,
            Clock.systemUTC(),
            executor,
            scheduler);

    @AfterEach
    void stop() {
        executor.shutdownNow();
        scheduler.shutdownNow();
    }

    @Test
    void aSingleUpsertLeavesAtOnce() {
        submit("a", turn(), "Name", "A");
        assertThat(salesforce.next().keys()).containsExactly("a");
    }

    @Test
    void theNextBatchFillsWhileACallIsInFlight() {
        submit("a", turn(), "Name", "A");
        Call first = salesforce.next();
        submit("b", turn(), "Name", "B");
        submit("c", turn(), "Name", "C");
        assertThat(salesforce.calls).isEmpty();

        first.succeed();
        assertThat(salesforce.next().keys()).containsExactly("b", "c");
    }

    @Test
    void aBatchWaitsForEventsThatAreOnTheirWay() {
        Turn onItsWay = turn();
        submit("a", turn(), "Name", "A");
        assertThat(salesforce.calls).isEmpty();

        submit("b", onItsWay, "Name", "B");
        assertThat(salesforce.next().keys()).containsExactly("a", "b");
    }

    @Test
    void aFullBatchDoesNotWait() {
        turn();
        for (int i = 0; i < 200; i++) {
            submit("key" + i, turn(), "Name", "N");
        }
        assertThat(salesforce.next().keys()).hasSize(200);
    }

    @Test
    void upsertsOfOneRecordFoldFieldByFieldInOrder() {
        Turns subject = new Turns(Lease.UNLIMITED, traffic);
        Turn first = subject.next();
        Turn second = subject.next();
        subject.complete();
        submit("a", first, "Name", "Old");
        batchers.of("Account", KEY).submit(pending("a", second, fields("Name", "New", "Phone", "1")));

        Call call = salesforce.next();
        assertThat(call.records).hasSize(1);
        assertThat(call.records.get(0).path("Name").textValue()).isEqualTo("New");
        assertThat(call.records.get(0).path("Phone").textValue()).isEqualTo("1");
        call.succeed();
        awaitAnswers("a:CREATED", "a:CREATED");
    }

    @Test
    void anEventDoesNotLeaveWhileALaterOneOfItsSubjectIsOnItsWay() {
        Turns subject = new Turns(Lease.UNLIMITED, traffic);
        submit("a", subject.next(), "Name", "Old");
        Turn later = subject.next();
        subject.complete();
        for (int i = 0; i < 199; i++) {
            submit("key" + i, turn(), "Name", "N");
        }
        Call full = salesforce.next();
        assertThat(full.keys()).doesNotContain("a");

        submit("a", later, "Name", "New");
        full.succeed();
        Call folded = salesforce.next();
        assertThat(folded.keys()).containsExactly("a");
        assertThat(folded.records.get(0).path("Name").textValue()).isEqualTo("New");
    }

    @Test
    void eventsOfARowWhoseAnswerWasLostLeaveTogetherAgain() {
        Turns subject = new Turns(Lease.UNLIMITED, traffic);
        Turn first = subject.next();
        Turn second = subject.next();
        subject.complete();
        batchers.of("Account", KEY)
                .submit(new PendingUpsert(
                        upsert("a", "Old"), first, (result, lost) -> submit("a", first, "Name", "Old")));
        batchers.of("Account", KEY)
                .submit(new PendingUpsert(upsert("a", "New"), second, (result, lost) -> answers.add("second:lost")));
        salesforce.next().lose();
        awaitAnswers("second:lost");
        assertThat(salesforce.calls).isEmpty();

        submit("a", second, "Name", "New");
        assertThat(salesforce.next().records.get(0).path("Name").textValue()).isEqualTo("New");
    }

    @Test
    void eventsThatComeBackInTheWrongOrderLeaveInTheRightOne() {
        Turns subject = new Turns(Lease.UNLIMITED, traffic);
        Turn first = subject.next();
        Turn second = subject.next();
        subject.complete();
        submit("a", second, "Name", "New");
        submit("a", first, "Name", "Old");
        assertThat(salesforce.next().records.get(0).path("Name").textValue()).isEqualTo("New");
    }

    @Test
    void anEventThatIsTriedAgainByItselfGoesBeforeThoseThatWaitForIt() {
        Turns subject = new Turns(Lease.UNLIMITED, traffic);
        Turn first = subject.next();
        Turn second = subject.next();
        subject.complete();
        batchers.of("Account", KEY)
                .submit(new PendingUpsert(
                        upsert("a", "Old"), first, (result, lost) -> submit("a", first, "Name", "Old")));
        submit("a", second, "Name", "New");
        salesforce.next().refuse("STRING_TOO_LONG");
        salesforce.next().lose();

        Call again = salesforce.next();
        assertThat(again.records.get(0).path("Name").textValue()).isEqualTo("Old");
        again.succeed();
        Call last = salesforce.next();
        assertThat(last.records.get(0).path("Name").textValue()).isEqualTo("New");
    }

    @Test
    void aFoldedRowThatIsRefusedIsTriedOneByOne() {
        Turns subject = new Turns(Lease.UNLIMITED, traffic);
        Turn first = subject.next();
        Turn second = subject.next();
        subject.complete();
        submit("a", first, "Name", "Good");
        submit("a", second, "Name", "Bad");
        salesforce.next().refuse("STRING_TOO_LONG");

        Call alone = salesforce.next();
        assertThat(alone.records.get(0).path("Name").textValue()).isEqualTo("Good");
        alone.succeed();
        first.finish();
        Call guilty = salesforce.next();
        assertThat(guilty.records.get(0).path("Name").textValue()).isEqualTo("Bad");
        guilty.refuse("STRING_TOO_LONG");
        awaitAnswers("a:CREATED", "a:STRING_TOO_LONG");
    }

    @Test
    void aLaterEventOfASubjectNeverOvertakesAnEarlierOne() {
        Turns subject = new Turns(Lease.UNLIMITED, traffic);
        Turn first = subject.next();
        Turn second = subject.next();
        subject.complete();
        submit("account", second, "Name", "Later");
        Turn other = turn();
        submit("other", other, "Name", "Other");
        first.park();

        Call call = salesforce.next();
        assertThat(call.keys()).containsExactly("other");
        first.finish();
        call.succeed();
        assertThat(salesforce.next().keys()).containsExactly("account");
    }

    @Test
    void aRecordIsInOneCallAtATime() {
        submit("a", turn(), "Name", "1");
        Call first = salesforce.next();
        submit("a", turn(), "Name", "2");
        submit("b", turn(), "Name", "B");
        first.succeed();
        assertThat(salesforce.next().keys()).containsExactly("a", "b");
    }

    @Test
    void aChildWaitsForItsParentThatIsUnderWay() {
        submit("acme", turn(), "Name", "Acme");
        Call parent = salesforce.next();
        ObjectNode child = fields("LastName", "Lee");
        child.putObject("Account").put(KEY, "acme");
        Upsert contact = new Upsert("Contact", "Pivotal_Contact_Key__c", "lee", child, false);
        batchers.of("Contact", "Pivotal_Contact_Key__c").submit(new PendingUpsert(contact, turn(), answer("lee")));
        assertThat(salesforce.calls).isEmpty();

        parent.succeed();
        assertThat(salesforce.next().keys()).containsExactly("lee");
    }

    @Test
    void recordsThatNameEachOtherAsParentsDoNotWaitForEachOther() {
        Turn gate = turn();
        submitChild("a", "b");
        submitChild("b", "c");
        submitChild("c", "a");
        submitChild("own", "own");
        gate.finish();
        for (List<String> keys : List.of(List.of("a", "own"), List.of("c"), List.of("b"))) {
            Call call = salesforce.next();
            assertThat(call.keys()).containsExactlyElementsOf(keys);
            call.succeed();
        }
    }

    @Test
    void aBadRequestIsHalvedUntilTheGuiltyRowIsAlone() {
        Turn gate = turn();
        for (String key : List.of("a", "b", "bad", "d")) {
            submit(key, turn(), "Name", key);
        }
        gate.finish();
        salesforce.refuseRequestsWith("bad");
        awaitAnswers("a:CREATED", "b:CREATED", "bad:JSON_PARSER_ERROR", "d:CREATED");
    }

    @Test
    void nothingIsWrittenOnceTheLeaseHasEnded() {
        Turn expired = turn(now -> false);
        submit("a", expired, "Name", "A");
        awaitAnswers("a:LeaseLostException");
        assertThat(salesforce.calls).isEmpty();
    }

    @Test
    void onlyExistingRecordsAreChangedWhereAskedFor() {
        salesforce.existing = Set.of("here");
        Turn gate = turn();
        for (String key : List.of("here", "gone")) {
            Upsert upsert = new Upsert("Account", KEY, key, fields("Name", key), true);
            batchers.of("Account", KEY).submit(new PendingUpsert(upsert, turn(), answer(key)));
        }
        gate.finish();
        Call call = salesforce.next();
        assertThat(call.keys()).containsExactly("here");
        call.succeed();
        awaitAnswers("gone:ABSENT", "here:CREATED");
    }

    private Turn turn() {
        return turn(Lease.UNLIMITED);
    }

    private Turn turn(Lease lease) {
        Turns subject = new Turns(lease, traffic);
        Turn only = subject.next();
        subject.complete();
        return only;
    }

    private static Upsert upsert(String key, String name) {
        return new Upsert("Account", KEY, key, fields("Name", name), false);
    }

    private void submit(String key, Turn turn, String field, String value) {
        batchers.of("Account", KEY).submit(pending(key, turn, fields(field, value)));
    }

    private void submitChild(String key, String parent) {
        ObjectNode child = fields("Name", key);
        child.putObject("Parent").put(KEY, parent);
        batchers.of("Account", KEY).submit(pending(key, turn(), child));
    }

    private PendingUpsert pending(String key, Turn turn, ObjectNode fields) {
        return new PendingUpsert(new Upsert("Account", KEY, key, fields, false), turn, (result, failure) -> {
            turn.finish();
            answer(key).accept(result, failure);
        });
    }

    private BiConsumer<UpsertResult, Exception> answer(String key) {
        return (result, failure) -> {
            String end = result != null
                    ? result.outcome().name()
                    : failure instanceof SalesforceFailureException refused
                            ? refused.getFailure().code()
                            : failure.getClass().getSimpleName();
            answers.add(key + ":" + end);
        };
    }

    private void awaitAnswers(String... expected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(answers).containsExactlyInAnyOrder(expected));
    }

    private static ObjectNode fields(String... namesAndValues) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private record Call(List<ObjectNode> records, String keyField, BiConsumer<List<RowResult>, Failure> answer) {

        List<String> keys() {
            return records.stream()
                    .map(record -> record.path(keyField).textValue())
                    .toList();
        }

        void succeed() {
            answer.accept(
                    records.stream()
                            .map(record -> RowResult.ok(new UpsertResult(UpsertResult.Outcome.CREATED, "001")))
                            .toList(),
                    null);
        }

        void lose() {
            answer.accept(null, new Failure(FailureClass.TRANSIENT, "EOFException", 0, List.of(), ""));
        }

        void refuse(String code) {
            answer.accept(
                    records.stream()
                            .map(record -> RowResult.refused(failure(code, 200)))
                            .toList(),
                    null);
        }
    }

    private static Failure failure(String code, int status) {
        return new Failure(FailureClass.PERMANENT, code, status, List.of(), "");
    }

    /** Holds calls back until the test answers them. */
    private static final class ScriptedSalesforce implements CollectionsClient {

        private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        private volatile Set<String> existing = Set.of();

        @Override
        public void upsert(
                String object,
                String keyField,
                List<ObjectNode> records,
                BooleanSupplier mayStill,
                BiConsumer<List<RowResult>, Failure> answer) {
            calls.add(new Call(new ArrayList<>(records), keyField, answer));
        }

        @Override
        public void existingKeys(
                String object, String keyField, Collection<String> keys, BiConsumer<Set<String>, Failure> answer) {
            answer.accept(existing, null);
        }

        private Call next() {
            try {
                Call call = calls.poll(10, TimeUnit.SECONDS);
                assertThat(call).as("a call within 10 s").isNotNull();
                return call;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        /** Answers all calls: those with the key are refused whole. */
        private void refuseRequestsWith(String key) {
            int answered = 0;
            while (answered < 4) {
                Call call = next();
                if (call.keys().contains(key)) {
                    call.answer.accept(null, failure("JSON_PARSER_ERROR", 400));
                    answered += call.records.size() == 1 ? 1 : 0;
                } else {
                    call.succeed();
                    answered += call.records.size();
                }
            }
        }
    }
}
