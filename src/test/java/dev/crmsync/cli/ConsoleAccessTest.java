package dev.crmsync.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.crmsync.event.EventState;
import dev.crmsync.inbox.StoredEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is let in, and what each may do. */
@ExtendWith(ConsoleExtension.class)
class ConsoleAccessTest {

    private final ConsoleUnderTest it;

    ConsoleAccessTest(ConsoleUnderTest it) {
        this.it = it;
    }

    @Test
    void nothingIsShownToWhoHasNotSignedIn() {
        Page page = it.visitor(1280, ColorScheme.LIGHT, true);
        for (String path : List.of("/", "/events", "/dead-letters", "/audit", "/events.csv", "/replays")) {
            page.navigate(path);
            assertThat(page).hasURL(it.url + "/login");
        }
        assertThat(page.request().get("/api/events").status()).isEqualTo(401);
        page.context().close();
    }

    @Test
    void aWrongPasswordIsRefusedAndGuessingIsSlowedDown() {
        Page page = it.visitor(1280, ColorScheme.LIGHT, true);
        ConsoleUnderTest.signIn(page, "guessed", "wrong");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Name or password is wrong.");
        FormData guess = FormData.create().set("name", "guessed").set("password", "wrong");
        APIResponse answer = await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> page.request()
                                .post("/login", RequestOptions.create().setForm(guess)),
                        guessed -> guessed.status() == 429);
        assertThat(answer.text()).contains("Too many failed attempts");
        page.context().close();
    }

    @Test
    void aFormOfAnotherSiteOrWithoutItsTokenChangesNothing() {
        StoredEvent dead = it.dead("Steady");
        Page page = it.operator();
        APIResponse withoutToken = page.request()
                .post(
                        "/events/" + dead.id() + "/discard",
                        RequestOptions.create().setForm(FormData.create().set("reason", "forged")));
        APIResponse otherSite = page.request()
                .post(
                        "/login",
                        RequestOptions.create()
                                .setHeader("Sec-Fetch-Site", "cross-site")
                                .setForm(FormData.create()
                                        .set("name", "operator")
                                        .set("password", "x")));

        assertThat(withoutToken.status()).isEqualTo(403);
        assertThat(otherSite.status()).isEqualTo(403);
        assertThat(it.stateOf(dead)).isEqualTo(EventState.DEAD);
        page.context().close();
    }

    @Test
    void aViewerSeesEverythingAndIsOfferedNothingToDo() {
        StoredEvent dead = it.dead("For viewers");
        Page page = it.viewer();
        for (String path : List.of(
                "/",
                "/dead-letters",
                "/events",
                "/events/" + dead.id(),
                "/replays",
                "/replays/new?state=dead",
                "/audit")) {
            page.navigate(path);
            assertThat(page.locator("h1")).isVisible();
            assertThat(page.locator("main form[method=post], main button:not(form[method=get] button)"))
                    .hasCount(0);
        }
        assertThat(page.getByText("Send a sample")).hasCount(0);
        ConsoleUnderTest.shoot(page, "viewer-audit");
        page.navigate("/events/" + dead.id());
        assertThat(page.getByText("Operators can reveal it.")).isVisible();
        assertThat(page.content()).doesNotContain("For viewers");
        ConsoleUnderTest.shoot(page, "viewer-event");
        page.context().close();
    }

    @Test
    void aViewerWhoPostsAllTheSameIsRefused() {
        StoredEvent dead = it.dead("Kept from viewers");
        Page page = it.viewer();
        page.navigate("/");
        String csrf = page.locator("form.who input[name=csrf]").inputValue();
        String event = "/events/" + dead.id();
        for (String path : List.of(
                event + "/replay",
                event + "/discard",
                event + "/reveal",
                event + "/edit",
                event + "/replay-edited",
                "/events/discard",
                "/replays",
                "/replays/preview",
                "/replays/1/cancel",
                "/pauses",
                "/pauses/end",
                "/groups",
                "/send")) {
            APIResponse answer = page.request()
                    .post(
                            path,
                            RequestOptions.create()
                                    .setForm(FormData.create().set("csrf", csrf).set("reason", "curious")));
            assertThat(answer.status()).as(path).isEqualTo(403);
        }
        for (String path : List.of(event + "/edit", "/send")) {
            assertThat(page.navigate(path).status()).as(path).isEqualTo(403);
        }
        assertThat(it.stateOf(dead)).isEqualTo(EventState.DEAD);
        page.context().close();
    }

    @Test
    void whoHasSignedOutIsAVisitorAgain() {
        Page page = it.visitor(1280, ColorScheme.LIGHT, true);
        ConsoleUnderTest.signIn(page, "viewer", ConsoleUnderTest.PASSWORD);
        String cookie = page.context().cookies().get(0).value;
        page.getByText("Sign out").click();
        assertThat(page).hasURL(it.url + "/login");

        page.context().addCookies(List.of(new Cookie("crm-session", cookie).setUrl(it.url)));
        page.navigate("/audit");
        assertThat(page).hasURL(it.url + "/login");
        page.context().close();
    }
}
