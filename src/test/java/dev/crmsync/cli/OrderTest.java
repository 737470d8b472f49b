package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.webhook.SvixIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks that overtake each other, from the sender to the record in Salesforce. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderTest {

    private static final Instant START =
            Instant.now().minus(Duration.ofHours(6)).truncatedTo(ChronoUnit.SECONDS);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final AtomicInteger turn = new AtomicInteger();
    private List<TestApplication> replicas;
    private Sandbox sandbox;
    private TestOrg org;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        sandbox = Sandbox.start(SandboxOptions.inMemory());
        org = new TestOrg(sandbox.url());
        Map<String, String> settings = new HashMap<>(database());
        settings.put("crm.salesforce.login-url", sandbox.url());
        settings.put("crm.salesforce.client-id", "order");
        settings.put("crm.salesforce.client-secret", "order");
        settings.put("crm.delivery.first-retry", "50ms");
        settings.put("crm.delivery.longest-retry", "200ms");
        replicas = new ArrayList<>();
        for (int i = 0; i < replicas(); i++) {
            replicas.add(TestApplication.start(data.resolve("" + i), settings));
        }
    }

    /** Settings of the database; none is SQLite. */
    Map<String, String> database() throws Exception {
        return Map.of();
    }

    int replicas() {
        return 1;
    }

    @AfterAll
    void stop() throws Exception {
        replicas.forEach(TestApplication::close);
        sandbox.close();
        stopDatabase();
    }

    void stopDatabase() throws Exception {}

    @ParameterizedTest(name = "{0} overtaken by {1}")
    @CsvSource({
        "customer.archived, customer.updated, Pivotal_Archived__c, true",
        "customer.churned, customer.updated, Pivotal_Churned__c, true",
        "customer.at_risk, customer.health_score_dropped, Pivotal_At_Risk__c, true",
    })
    void aFlagOfAPivotalCustomerIsSetEvenIfALaterEventOvertakesIt(
            String type, String later, String field, String value) {
        String id = newId();
        ended(customer(later, id, 2));

        Sent overtaken = customer(type, id, 1);

        assertIsDeliveredInPart(overtaken, "Name");
        assertThat(account(id).path(field).asText()).isEqualTo(value);
        assertThat(account(id).path("Name").asText()).isEqualTo("v2");
        assertThat(account(id).path("Pivotal_Last_Event__c").asText()).isEqualTo(later);
    }

    @ParameterizedTest(name = "{0} overtaken by {1}")
    @CsvSource({
        "onboarding.launched, onboarding.completed, Launched_At__c, 1",
        "onboarding.completed, onboarding.phase_changed, Completed_At__c, 1",
        "onboarding.at_risk, onboarding.state_changed, At_Risk__c, true",
    })
    void whatAnOnboardingReachedIsKeptEvenIfALaterEventOvertakesIt(
            String type, String later, String field, String value) {
        String id = newId();
        ended(customer("customer.created", id, 0));
        ended(onboarding(later, id, 2));

        Sent overtaken = onboarding(type, id, 1);

        assertIsDeliveredInPart(overtaken, "Name");
        JsonNode onboarding = record("Pivotal_Onboarding__c", "Pivotal_Key__c", "org_O:" + id);
        if (value.equals("1")) {
            assertThat(Instant.parse(iso(onboarding.path(field).asText()))).isEqualTo(at(1));
        } else {
            assertThat(onboarding.path(field).asText()).isEqualTo(value);
        }
        assertThat(onboarding.path("Name").asText()).isEqualTo("v2");
    }

    @Test
    void aRelationThatOnlyAnOvertakenEventNamesIsMadeOnceTheRelatedRecordIsThere() {
        String id = newId();
        String key = "org_O:" + id;
        Sent first = onboarding("onboarding.created", id, 1);
        await().until(() ->
                org.record("Pivotal_Onboarding__c", "Pivotal_Key__c", key).isPresent());
        ended(pivotal("onboarding.phase_changed", 2, "{'id':'%s','name':'v2','phase':'p2'}".formatted(id)));
        ended(customer("customer.created", id, 0));

        ended(first);

        assertThat(record("Pivotal_Onboarding__c", "Pivotal_Key__c", key)
                        .path("Account__c")
                        .asText())
                .startsWith("001");
    }

    @Test
    void aCreationThatALaterUpdateHasOvertakenStillBringsWhatOnlyItSays() {
        String id = newId();
        ended(emporix("customer.created", 1, body(id, 1, "'lastName':'L1'")));
        ended(emporix("customer.updated", 2, body(id, 2, "'lastName':'L2'")));
        ended(emporix("customer.updated", 6, body(id, null, "'lastName':'L6'")));
        ended(emporix("customer.created", 5, body(id, 1, "'lastName':'L5','contactPhone':'+43 5'")));
        ended(deleted(id, 3));

        JsonNode contact = record("Contact", "Emporix_Key__c", "shopo:" + id);
        assertThat(contact.path("LastName").asText()).isEqualTo("L6");
        assertThat(contact.path("Phone").asText()).isEqualTo("+43 5");
    }

    @Test
    void anOnboardingThatIsBackOnTrackStaysSoWhenItsRiskArrivesLate() {
        String id = newId();
        ended(customer("customer.created", id, 0));
        ended(onboarding("onboarding.back_on_track", id, 2));

        StoredEvent overtaken = ended(onboarding("onboarding.at_risk", id, 1));

        assertIsSuperseded(overtaken);
        assertThat(record("Pivotal_Onboarding__c", "Pivotal_Key__c", "org_O:" + id)
                        .path("At_Risk__c")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void replayingAnOvertakenEventDoesNoHarmAndIsNotInVain() {
        String id = newId();
        ended(customer("customer.updated", id, 2));
        Sent archived = customer("customer.archived", id, 1);
        ended(archived);
        ended(customer("customer.updated", id, 3));

        assertThat(replayed(archived).state()).isEqualTo(EventState.DELIVERED);

        assertThat(account(id).path("Name").asText()).isEqualTo("v3");
        assertThat(account(id).path("Pivotal_Archived__c").asBoolean()).isTrue();
    }

    @Test
    void anEventWithNothingLeftToSayIsSupersededWithAReason() {
        String id = newId();
        ended(customer("customer.updated", id, 2));

        assertIsSuperseded(ended(customer("customer.updated", id, 1)));
        assertThat(account(id).path("Name").asText()).isEqualTo("v2");
    }

    @Test
    void whatWasSaidBeforeADeletionDoesNotComeBackAfterIt() {
        String id = newId();
        ended(created(id, 1));
        ended(deleted(id, 3));

        assertIsSuperseded(ended(updated(id, 2)));

        assertIsBlank(id);
    }

    @Test
    void whatIsSaidAfterADeletionDoesNotBringTheCustomerBack() {
        String id = newId();
        ended(created(id, 1));
        ended(deleted(id, 2));

        assertIsSuperseded(ended(updated(id, 3)));

        assertIsBlank(id);
    }

    @Test
    void aDeletionThatArrivesFirstOfAllKeepsTheCustomerOut() {
        String id = newId();
        ended(deleted(id, 3));

        assertIsSuperseded(ended(updated(id, 2)));
        assertIsSuperseded(ended(created(id, 1)));
        assertIsSuperseded(ended(updated(id, 4)));

        assertIsBlank(id);
    }

    @Test
    void aCustomerWhoIsCreatedAgainComesBack() {
        String id = newId();
        ended(created(id, 1));
        ended(deleted(id, 2));

        assertThat(ended(created(id, 3)).state()).isEqualTo(EventState.DELIVERED);

        assertIsAlive(id, "F3");
    }

    @Test
    void anUpdateThatArrivesBeforeItsCustomerIsCreatedAgainCountsAsSoonAsThatIsKnown() {
        String id = newId();
        ended(created(id, 1));
        ended(deleted(id, 2));
        Sent early = updated(id, 4);
        assertIsSuperseded(ended(early));

        ended(created(id, 3));

        await().until(() -> ended(early).state() == EventState.DELIVERED);
        assertIsAlive(id, "F4");
    }

    @Test
    void anUpdateThatWasWrittenBeforeTheDeletionBeforeItIsKnownDoesNotKeepTheCustomer() {
        String id = newId();
        ended(updated(id, 3));

        ended(deleted(id, 2));

        assertIsBlank(id);
    }

    @Test
    void inEveryOrderOfArrivalAnEmporixCustomerEndsAsInOrder() {
        Map<List<Integer>, String> ids = arriveInEveryOrder((id, number) -> switch (number) {
            case 1 ->
                emporix("customer.created", 1, body(id, 1, "'firstName':'F1','lastName':'L1','contactPhone':'P1'"));
            case 2 -> emporix("customer.updated", 2, body(id, 2, "'firstName':'F2','contactEmail':'a@v2.example'"));
            case 3 -> deleted(id, 3);
            case 4 -> emporix("customer.created", 4, body(id, 1, "'firstName':'F4','lastName':'L4'"));
            default -> emporix("customer.updated", 5, body(id, 2, "'firstName':'F5'"));
        });

        ids.forEach((order, id) -> assertThat(fields(contact(id), "FirstName", "LastName", "Phone", "Email"))
                .as("arrived as %s", order)
                .isEqualTo("F5, L4, null, null"));
    }

    @Test
    void inEveryOrderOfArrivalAPlainCustomerEndsAsInOrder() {
        Map<List<Integer>, String> ids = arriveInEveryOrder((id, number) -> switch (number) {
            case 1 -> plain("customer_created", id, 1, "'externalId':'x1'");
            case 2 -> plain("customer_updated", id, 2, "'shortName':'s2'");
            case 3 -> plain("customer_deleted", id, 3, "'shortName':'s2'");
            case 4 -> plain("customer_created", id, 4, "'email':{'email':'a@v4.example','isVerified':true}");
            default -> plain("customer_updated", id, 5, "'markedAsSpamAt':null");
        });

        ids.forEach((order, id) -> assertThat(fields(
                        record("Contact", "Plain_Customer_Key__c", "w_O:" + id),
                        "LastName",
                        "Email",
                        "Plain_Short_Name__c",
                        "Plain_External_Id__c",
                        "Plain_Deleted__c"))
                .as("arrived as %s", order)
                .isEqualTo("v5, a@v4.example, null, null, false"));
    }

    @Test
    void replayingAnOldDeletionDoesNotBlankACustomerWhoWasCreatedAgain() {
        String id = newId();
        ended(created(id, 1));
        Sent deletion = deleted(id, 2);
        ended(deletion);
        ended(created(id, 3));

        // it may clear again what nobody has said since
        assertThat(replayed(deletion).state()).isIn(EventState.DELIVERED, EventState.SUPERSEDED);

        assertIsAlive(id, "F3");
    }

    @ParameterizedTest(name = "first arrives that of {0}")
    @ValueSource(ints = {1, 2})
    void ofTwoColleaguesTheNewerOneNamesTheirCompany(int first) {
        String company = newId();
        String anna = newId();
        String ben = newId();
        ended(colleague(first == 1 ? anna : ben, company, first));

        ended(colleague(first == 1 ? ben : anna, company, 3 - first));

        JsonNode account = company(company);
        assertThat(account.path("Name").asText()).isEqualTo("Company v2");
        assertThat(fields(contact(anna), "LastName")).isEqualTo("L1");
        assertThat(fields(contact(ben), "LastName")).isEqualTo("L2");
        assertThat(contact(anna).path("AccountId").asText())
                .isEqualTo(contact(ben).path("AccountId").asText())
                .isEqualTo(account.path("Id").asText());
    }

    @Test
    void colleaguesWhoseEventsRaceEndWithTheNewestNameOfTheirCompany() throws Exception {
        int companies = 20;
        int changes = 8;
        String group = newId();
        ExecutorService senders = Executors.newFixedThreadPool(4);
        try {
            List<Future<Sent>> all = new ArrayList<>();
            for (int i = 0; i < companies * changes; i++) {
                String company = group + "-" + i % companies;
                int number = 1 + (i / companies * 5 + 3) % changes;
                all.add(senders.submit(() -> colleague(company + "-" + number % 3, company, number)));
            }
            for (Future<Sent> each : all) {
                ended(each.get());
            }
        } finally {
            senders.shutdownNow();
        }

        for (int i = 0; i < companies; i++) {
            assertThat(company(group + "-" + i).path("Name").asText()).isEqualTo("Company v" + changes);
        }
    }

    @Test
    void aLateFirstAttemptOfAnEmailChangeDoesNotBeatTheSecondChange() {
        String id = newId();
        ended(created(id, 0));
        ended(emailChange(id, 2, Duration.ofMinutes(-3)));

        StoredEvent late = ended(emailChange(id, 1, Duration.ofMinutes(3)));

        assertIsSuperseded(late);
        assertThat(contact(id).path("Emporix_Login_Email__c").asText()).isEqualTo("a@v2.example");
    }

    @ParameterizedTest(name = "over HTTP: {0}")
    @ValueSource(booleans = {false, true})
    void aVersionAndNoVersionAndALateVersionDoNotEraseEachOthersOrder(boolean overHttp) {
        String id = newId();
        ended(updated(overHttp, 3, body(id, 3, "'firstName':'F3','lastName':'L3'")));
        ended(updated(overHttp, 4, body(id, null, "'firstName':'F4','contactPhone':'P4'")));

        StoredEvent late =
                ended(updated(overHttp, 2, body(id, 2, "'firstName':'F2','lastName':'L2','preferredSite':'s2'")));

        assertThat(late.state()).isEqualTo(EventState.DELIVERED);
        assertThat(fields(contact(id), "FirstName", "LastName", "Phone", "Emporix_Site__c", "Emporix_Version__c"))
                .isEqualTo("F4, L3, P4, s2, 3");
    }

    @ParameterizedTest(name = "over HTTP: {0}")
    @ValueSource(booleans = {false, true})
    void ofTwoVersionsTheHigherOneCountsWhateverArrivesFirst(boolean overHttp) {
        String id = newId();
        ended(updated(overHttp, 2, body(id, 2, "'firstName':'F2','lastName':'L2'")));

        assertIsSuperseded(ended(updated(overHttp, 1, body(id, 1, "'firstName':'F1','lastName':'L1'"))));

        assertThat(fields(contact(id), "FirstName", "LastName")).isEqualTo("F2, L2");
    }

    @Test
    void overHttpWhatArrivesLaterCountsWhereVersionsSayNothing() {
        String id = newId();
        ended(overHttp("customer.created", body(id, 7, "'firstName':'F1','lastName':'L1'")));
        ended(overHttp(
                "customer.deleted", "{'tenant':'shopo','customerNumber':'%s','triggeredBy':'me'}".formatted(id)));
        assertIsSuperseded(ended(overHttp("customer.updated", body(id, 8, "'firstName':'F2','lastName':'L2'"))));
        assertIsBlank(id);

        ended(overHttp("customer.created", body(id, 1, "'firstName':'F3','lastName':'L3'")));
        ended(overHttp("customer.updated", body(id, 2, "'firstName':'F4'")));

        assertThat(fields(contact(id), "FirstName", "LastName")).isEqualTo("F4, L3");
    }

    @Test
    void overHttpAReplayOfWhatWasSaidBeforeTheDeletionBringsNothingBack() {
        String id = newId();
        ended(overHttp("customer.created", body(id, 1, "'lastName':'L1'")));
        Sent earlier = overHttp("customer.updated", body(id, 2, "'lastName':'L2','contactPhone':'P2'"));
        ended(earlier);
        ended(overHttp(
                "customer.deleted", "{'tenant':'shopo','customerNumber':'%s','triggeredBy':'me'}".formatted(id)));
        ended(overHttp("customer.created", body(id, 1, "'lastName':'L3','firstName':'F3'")));

        assertIsSuperseded(replayed(earlier));

        assertThat(fields(contact(id), "FirstName", "LastName", "Phone")).isEqualTo("F3, L3, null");
    }

    @Test
    void anUpdateThatLacksAFieldLeavesWhatOlderAndNewerOnesSaidOfIt() {
        String id = newId();
        ended(emporix("customer.updated", 4, body(id, 4, "'lastName':'L4','contactPhone':null")));
        ended(emporix("customer.updated", 2, body(id, 2, "'firstName':'F2','lastName':'L2','contactPhone':'P2'")));

        ended(emporix("customer.updated", 3, body(id, 3, "'lastName':'L3'")));

        assertThat(fields(contact(id), "FirstName", "LastName", "Phone")).isEqualTo("F2, L4, null");
    }

    @Test
    void aPlaceholderNeverBeatsARealLastName() {
        String id = newId();
        ended(emporix("customer.updated", 2, body(id, 2, "'contactEmail':'kim@v2.example'")));
        assertThat(fields(contact(id), "LastName")).isEqualTo("kim");

        ended(emporix("customer.created", 1, body(id, 1, "'lastName':'Doe','contactEmail':'kim@v1.example'")));
        assertThat(fields(contact(id), "LastName", "Email")).isEqualTo("Doe, kim@v2.example");

        ended(emporix("customer.updated", 3, body(id, 3, "'contactEmail':'kim@v3.example'")));
        assertThat(fields(contact(id), "LastName", "Email")).isEqualTo("Doe, kim@v3.example");
    }

    @Test
    void aCustomerCreatedAgainWithoutALastNameIsNotCalledDeleted() {
        String id = newId();
        ended(created(id, 1));
        ended(emporix("customer.created", 3, body(id, 1, "'contactEmail':'kim@v3.example'")));
        ended(deleted(id, 2));

        await().untilAsserted(() -> assertThat(fields(contact(id), "LastName", "FirstName", "Email"))
                .isEqualTo("kim, null, kim@v3.example"));
    }

    @Test
    void aCompanyFollowsItsCustomerIntoAnotherLifeWhoseVersionsBeginAnew() {
        String company = newId();
        String id = newId();
        ended(emporix("customer.created", 1, employee(id, company, 4, 1)));
        ended(emporix("customer.updated", 2, employee(id, company, 5, 2)));
        ended(deleted(id, 3));

        ended(emporix("customer.created", 4, employee(id, company, 1, 4)));

        assertThat(company(company).path("Name").asText()).isEqualTo("Company v4");
        assertThat(fields(contact(id), "LastName")).isEqualTo("L4");
    }

    private interface Arrival {
        Sent send(String id, int number);
    }

    /** Each order for a customer of its own; each event has ended before the next one of that customer is sent. */
    private Map<List<Integer>, String> arriveInEveryOrder(Arrival arrival) {
        Map<List<Integer>, String> ids = new LinkedHashMap<>();
        orders(List.of(1, 2, 3, 4, 5)).forEach(order -> ids.put(order, newId()));
        for (int place = 0; place < 5; place++) {
            int now = place;
            List<Sent> sent = new ArrayList<>();
            ids.forEach((order, id) -> sent.add(arrival.send(id, order.get(now))));
            sent.forEach(this::ended);
        }
        // what came too early is delivered again without anybody's doing
        await().until(() ->
                replicas.get(0).inbox().counts().backlog().stream().allMatch(backlog -> backlog.pending() == 0));
        return ids;
    }

    private static List<List<Integer>> orders(List<Integer> numbers) {
        if (numbers.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : numbers) {
            List<Integer> others = new ArrayList<>(numbers);
            others.remove(first);
            orders(others).forEach(rest -> {
                List<Integer> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            });
        }
        return all;
    }

    private Sent customer(String type, String id, int number) {
        return pivotal(type, number, "{'id':'%s','name':'v%d','health_score':%d}".formatted(id, number, number));
    }

    private Sent onboarding(String type, String id, int number) {
        return pivotal(
                type,
                number,
                "{'id':'%1$s','customer_id':'%1$s','name':'v%2$d','phase':'p%2$d'}".formatted(id, number));
    }

    private Sent pivotal(String type, int number, String object) {
        String body =
                "{'id':'evt_%s','type':'%s','created_at':'%s','org_id':'org_O','livemode':true,'data':{'object':%s}}";
        return next().pivotal(bytes(body.formatted(newId(), type, at(number), object)));
    }

    private Sent plain(String type, String id, int number, String more) {
        String member = type.equals("customer_deleted") ? "previousCustomer" : "customer";
        String body = "{'id':'pEv_%s','type':'customer.%2$s','timestamp':'%3$s','workspaceId':'w_O',"
                + "'payload':{'eventType':'customer.%2$s','%4$s':{'id':'%5$s','fullName':'v%6$d',%7$s}},"
                + "'webhookMetadata':{'webhookDeliveryAttemptTimestamp':'%8$s'}}";
        return next().plain(bytes(body.formatted(newId(), type, at(number), member, id, number, more, Instant.now())));
    }

    private Sent created(String id, int number) {
        return emporix("customer.created", number, state(id, number));
    }

    private Sent updated(String id, int number) {
        return emporix("customer.updated", number, state(id, number));
    }

    private Sent deleted(String id, int number) {
        String body = "{'tenant':'shopo','customerNumber':'%s','email':'a@v.example','triggeredBy':'me'}";
        return emporix("customer.deleted", number, body.formatted(id));
    }

    private Sent emailChange(String id, int number, Duration attempt) {
        String body =
                "{'tenant':'shopo','customerId':'%s','email':'a@v.example','newEmail':'a@v%d.example','token':'t'}";
        return next().emporixOverSvix(
                        "customer.email-change",
                        SvixIds.at(at(number)),
                        Clock.offset(Clock.systemUTC(), attempt),
                        bytes(body.formatted(id, number)));
    }

    private Sent colleague(String id, String company, int number) {
        return emporix("customer.updated", number, employee(id, company, number, number));
    }

    private Sent updated(boolean overHttp, int number, String body) {
        return overHttp ? overHttp("customer.updated", body) : emporix("customer.updated", number, body);
    }

    private Sent overHttp(String type, String body) {
        return next().emporixOverHttp(type, bytes(body));
    }

    private Sent emporix(String type, int number, String body) {
        return next().emporixOverSvix(type, SvixIds.at(at(number)), Clock.systemUTC(), bytes(body));
    }

    private static String state(String id, int number) {
        return body(
                id, null, "'firstName':'F%1$d','lastName':'L%1$d','contactEmail':'a@v%1$d.example'".formatted(number));
    }

    private static String employee(String id, String company, int version, int number) {
        return body(
                id,
                version,
                "'lastName':'L%2$d','company':'Company v%2$d','b2b':{'companyRegistrationId':'%1$s'}"
                        .formatted(company, number));
    }

    /** @param version null for none */
    private static String body(String id, Integer version, String more) {
        return "{'tenant':'shopo','id':'%1$s','customerNumber':'%1$s',%2$s%3$s}"
                .formatted(id, more, version == null ? "" : ",'metadata':{'version':" + version + "}");
    }

    private static Instant at(int number) {
        return START.plusSeconds(60L * number);
    }

    /** The replicas in turn. */
    private TestSender next() {
        return replicas.get(turn.getAndIncrement() % replicas.size()).sender();
    }

    private StoredEvent ended(Sent sent) {
        assertThat(sent.status()).isEqualTo(202);
        return replicas.get(0).ended(sent);
    }

    private StoredEvent replayed(Sent sent) {
        TestApplication replica = replicas.get(turn.getAndIncrement() % replicas.size());
        long id = ended(sent).id();
        assertThat(replica.inbox().replays().requeue(List.of(id))).containsExactly(id);
        return ended(sent);
    }

    private void assertIsDeliveredInPart(Sent sent, String newer) {
        StoredEvent event = ended(sent);
        assertThat(event.state()).isEqualTo(EventState.DELIVERED);
        assertThat(event.reason()).contains(newer);
    }

    private static void assertIsSuperseded(StoredEvent event) {
        assertThat(event.state()).as(event.toString()).isEqualTo(EventState.SUPERSEDED);
        assertThat(event.reason()).isNotBlank();
    }

    /** Nobody says whether there must be a record of a customer who was deleted, but nothing of the person may be in it. */
    private void assertIsBlank(String id) {
        Optional<JsonNode> contact = org.record("Contact", "Emporix_Key__c", "shopo:" + id);
        contact.ifPresent(found -> assertThat(
                        fields(found, "FirstName", "LastName", "Email", "Emporix_Active__c", "Emporix_Deleted__c"))
                .isEqualTo("null, [deleted], null, false, true"));
    }

    private void assertIsAlive(String id, String firstName) {
        assertThat(fields(contact(id), "FirstName", "Emporix_Deleted__c")).isEqualTo(firstName + ", false");
    }

    private JsonNode account(String id) {
        return record("Account", "Pivotal_Key__c", "org_O:" + id);
    }

    private JsonNode company(String id) {
        return record("Account", "Emporix_Company_Key__c", "shopo:" + id);
    }

    private JsonNode contact(String id) {
        return record("Contact", "Emporix_Key__c", "shopo:" + id);
    }

    private JsonNode record(String object, String keyField, String key) {
        return org.record(object, keyField, key).orElseThrow(() -> new AssertionError("No " + object + " " + key));
    }

    private static String fields(JsonNode record, String... names) {
        List<String> values = new ArrayList<>();
        for (String name : names) {
            JsonNode value = record.path(name);
            values.add(
                    value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asText());
        }
        return String.join(", ", values);
    }

    /** Salesforce writes {@code +0000} for UTC. */
    private static String iso(String salesforce) {
        return salesforce.replace("+0000", "Z");
    }

    private static String newId() {
        return "o" + NUMBERS.incrementAndGet();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
