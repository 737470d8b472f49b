package dev.crmsync.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.Pause;
import dev.crmsync.inbox.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators do in the console, in a real browser before a real application. */
@ExtendWith(ConsoleExtension.class)
class ConsoleTest {

    private final ConsoleUnderTest it;

    ConsoleTest(ConsoleUnderTest it) {
        this.it = it;
    }

    @Test
    void anOperatorSeesWhyAnEventIsDeadRepairsAndReplaysIt() {
        StoredEvent dead = it.dead("A name that is too long");
        Page page = it.operator();
        page.navigate("/");
        page.getByText("Dead letters").first().click();
        page.locator("tr[data-href='/events/" + dead.id() + "'] a").first().click();
        assertThat(page.getByText("STRING_TOO_LONG").first()).isVisible();
        assertThat(page.getByText("Shorten it at its source").first()).isVisible();
        ConsoleUnderTest.shoot(page, "event-dead");

        it.accept();
        page.locator("#replay input[name=reason]").fill("Shortened in the org");
        page.locator("#replay button").click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Pending again");
        await().atMost(Duration.ofSeconds(20)).until(() -> it.stateOf(dead) == EventState.DELIVERED);
        page.reload();
        ConsoleUnderTest.shoot(page, "event-delivered");
        page.context().close();
    }

    @Test
    void anEventThatWaitsIsEndedAndTheOrderOfItsSubjectIsReset() {
        StoredEvent waiting = it.waiting();
        Page page = it.operator();
        page.navigate("/events?source=unrouted");
        assertThat(page.locator("tr[data-href='/events/" + waiting.id() + "']")).containsText("Next try");
        page.navigate("/events/" + waiting.id());
        assertThat(page.getByText("Next try")).isVisible();
        page.getByText("End it now").click();
        ConsoleUnderTest.shoot(page, "event-waiting");
        page.locator("#end input[name=reason]").fill("It waits for ever");
        page.getByText("Make it a dead letter").click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("A dead letter now");
        assertThat(page.getByText("It waits for ever").first()).isVisible();
        page.getByText("Reset the order of this subject").click();
        page.locator("#reset-order input[name=reason]").fill("Its version was wrong");
        page.locator("#reset-order button").click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("the event's subject only");
        page.navigate("/audit");
        assertThat(page.getByText("end as dead letter").first()).isVisible();
        assertThat(page.getByText("reset order").first()).isVisible();
        page.context().close();
    }

    @Test
    void aViewerSeesTheNextTryAndNoWayToEndIt() {
        StoredEvent waiting = it.waiting();
        Page page = it.viewer();
        page.navigate("/events/" + waiting.id());

        assertThat(page.getByText("Next try")).isVisible();
        assertThat(page.locator("#end, #reset-order")).hasCount(0);
        page.context().close();
    }

    @Test
    void personalDataIsMaskedUntilSomebodySaysWhy() {
        StoredEvent dead = it.dead("Erika Mustermann");
        Page page = it.operator();
        page.navigate("/events/" + dead.id());
        assertThat(page.content()).doesNotContain("Mustermann").doesNotContain("owner@example.com");

        page.getByLabel("Reason to reveal it").fill("Case 4711");
        page.getByText("Reveal", new Page.GetByTextOptions().setExact(true)).click();

        assertThat(page.locator("pre").first()).containsText("Erika Mustermann");
        page.navigate("/audit");
        assertThat(page.getByText("Case 4711")).isVisible();
        page.context().close();
    }

    @Test
    void anEditedPayloadIsComparedPreviewedAndReplayed() {
        StoredEvent dead = it.dead("Wrong name");
        it.accept();
        Page page = it.operator();
        page.navigate("/events/" + dead.id());
        page.getByLabel("Reason to reveal it").fill("to edit");
        page.getByText("Reveal", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("Edit and replay…").click();
        page.getByRole(AriaRole.TEXTBOX)
                .fill(page.getByRole(AriaRole.TEXTBOX).inputValue().replace("Wrong name", "Right name"));
        page.getByText("Check", new Page.GetByTextOptions().setExact(true)).click();

        assertThat(page.locator(".diff .minus")).containsText("Wrong name");
        assertThat(page.locator(".diff .plus")).containsText("Right name");
        assertThat(page.getByLabel("What would be sent")).containsText("Right name");
        ConsoleUnderTest.shoot(page, "edit");
        page.getByLabel("Reason").fill("typo");
        page.getByText("Replay with this payload").click();

        await().atMost(Duration.ofSeconds(20)).until(() -> it.stateOf(dead) == EventState.DELIVERED);
        page.reload();
        assertThat(page.getByText("Payload as received")).isVisible();
        page.context().close();
    }

    @Test
    void anOperatorSeesFieldByFieldWhatIsNewerAlready() {
        StoredEvent late = it.overtaken("cus_overtaken", "Erika Mustermann", 73);
        Page page = it.operator();
        page.navigate("/events/" + late.id());

        assertThat(page.getByText("delivered: newer already: Name")).isVisible();
        Locator sent = page.getByLabel("Records sent");
        assertThat(sent.locator("tr", new Locator.LocatorOptions().setHasText("Name")))
                .containsText("newer already");
        assertThat(sent).not().containsText("Erika");
        ConsoleUnderTest.shoot(page, "event-newer");

        page.navigate("/replays/new?subject=customer:cus_overtaken&state=delivered");
        assertThat(page.getByText("overtaken: something newer")).isVisible();
        page.getByText("Field by field").first().click();
        Locator foreseen = page.getByLabel("What would be sent").first();
        assertThat(foreseen.locator("tr", new Locator.LocatorOptions().setHasText("Name")))
                .containsText("newer already, since time ");
        assertThat(foreseen).containsText("Pivotal_Health_Score__c");
        assertThat(foreseen).not().containsText("Erika");
        ConsoleUnderTest.shoot(page, "replay-preview-newer");
        foreseen.getByText("newer already").first().click();
        assertThat(page.locator("h2#sent")).isVisible();
        assertThat(page).hasURL(it.url + "/events/" + (late.id() - 1));
        page.context().close();
    }

    @Test
    void anEditedPayloadThatIsAboutAnotherCustomerCannotBeReplayed() {
        StoredEvent dead = it.dead("Not another");
        it.accept();
        Page page = it.operator();
        page.navigate("/events/" + dead.id());
        page.getByLabel("Reason to reveal it").fill("to edit");
        page.getByText("Reveal", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("Edit and replay…").click();
        page.getByRole(AriaRole.TEXTBOX)
                .fill(page.getByRole(AriaRole.TEXTBOX).inputValue().replace("cus_dead", "cus_other"));
        page.getByText("Check", new Page.GetByTextOptions().setExact(true)).click();

        assertThat(page.getByText("but the event belongs to " + dead.event().subject()))
                .isVisible();
        assertThat(page.getByText("Replay with this payload")).hasCount(0);
        page.context().close();
    }

    @Test
    void allThatMatchAreReplayedAfterAPreview() {
        List<StoredEvent> dead = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            dead.add(it.dead("Bulk " + i));
        }
        it.accept();
        Page page = it.operator();
        page.navigate("/dead-letters?error=STRING_TOO_LONG");
        ConsoleUnderTest.shoot(page, "dead-letters");
        page.getByText("Replay all that match…").click();
        assertThat(page.locator(".figures .badge.upsert")).isVisible();
        ConsoleUnderTest.shoot(page, "replay-preview");
        page.getByLabel("Name").fill("Long names");
        page.getByLabel("Reason").fill("Field was made longer");
        page.locator("button.primary").click();

        assertThat(page.locator("#status .badge.done")).isVisible();
        ConsoleUnderTest.shoot(page, "replay-job");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> dead.stream().allMatch(event -> it.stateOf(event) == EventState.DELIVERED));
        page.navigate("/replays");
        assertThat(page.getByText("Long names")).isVisible();
        page.context().close();
    }

    @Test
    void chosenDeadLettersAreDiscardedWithAReason() {
        StoredEvent dead = it.dead("Not wanted");
        Page page = it.operator();
        page.navigate("/dead-letters");
        page.getByLabel("Choose event " + dead.id(), new Page.GetByLabelOptions().setExact(true))
                .check();
        page.getByLabel("Reason").fill("A test customer");
        page.getByText("Discard chosen").click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("1 discarded");
        assertThat(it.stateOf(dead)).isEqualTo(EventState.DISCARDED);
        page.context().close();
    }

    @Test
    void deliveryIsPausedAndResumed() {
        it.customer("cus_pause", "Paused Ltd");
        Page page = it.operator();
        page.navigate("/");
        page.getByText("Pause delivery").click();
        page.getByLabel("What").selectOption("object:Pivotal_Task__c");
        page.getByLabel("Reason").fill("Maintenance of the org");
        page.getByText("Pause", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByText("Maintenance of the org")).isVisible();
        assertThat(it.application.inbox().pauses().list()).singleElement().returns(null, Pause::until);
        ConsoleUnderTest.shoot(page, "overview-paused");

        page.getByText("Resume object:Pivotal_Task__c").click();

        assertThat(page.getByText("Everything is delivered as it comes.")).isVisible();
        assertThat(it.application.inbox().pauses().list()).isEmpty();
        page.context().close();
    }

    @Test
    void aFailureGroupHasAStateAndAnOwner() {
        it.dead("Grouped");
        Page page = it.operator();
        page.navigate("/");
        page.getByText("Change").first().click();
        page.locator("tr details[open] select").selectOption("acknowledged");
        page.getByLabel("Owner").first().fill("ann");
        page.getByText("Save").first().click();

        assertThat(page.locator("tbody .badge.acknowledged")).isVisible();
        assertThat(page.getByText("ann", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pivotal/customer.created", "emporix/customer.created", "plain/customer.customer_created"})
    void aSampleIsSignedSentAndMarkedAsTest(String sample) {
        Page page = it.operator();
        page.navigate("/send");
        page.getByLabel("Source and event type").selectOption(sample);
        page.getByText("Load").click();
        ConsoleUnderTest.shoot(page, "send");
        page.getByText("Sign and send").click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("accepted (202)");
        Locator newest = page.locator("tbody tr").first();
        assertThat(newest).containsText(sample.replace("/", " test "));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            page.reload();
            assertThat(newest).containsText("test mode");
        });
        page.context().close();
    }

    @Test
    void theExportCannotActAsAFormula() {
        it.customer("cus_csv", "Csv Ltd");
        Page page = it.operator();
        String csv = page.request().get("/events.csv").text();

        assertThat(csv).startsWith("id,source,event_id").contains("\"customer:cus_csv\"");
        page.context().close();
    }

    @Test
    void theApiDoesTheSameWithNameAndPassword() {
        StoredEvent dead = it.dead("For the API");
        it.accept();
        Page page = it.visitor(1280, ColorScheme.LIGHT, true);
        RequestOptions signed = RequestOptions.create()
                .setHeader(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("operator:" + ConsoleUnderTest.PASSWORD).getBytes()));

        assertThat(page.request().get("/api/openapi.json", signed).text()).contains("\"openapi\"");
        assertThat(page.request().get("/api/events?state=dead", signed).text()).contains("STRING_TOO_LONG");
        assertThat(page.request().get("/api/events/" + dead.id(), signed).text())
                .doesNotContain("For the API")
                .contains("customer.updated");
        APIResponse replayed = page.request()
                .post(
                        "/api/events/" + dead.id() + "/replay",
                        signed.setHeader("Content-Type", "application/json").setData("{\"reason\":\"fixed\"}"));
        assertThat(replayed.status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20)).until(() -> it.stateOf(dead) == EventState.DELIVERED);
        page.context().close();
    }
}
