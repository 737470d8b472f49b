package dev.crmsync.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.crmsync.inbox.StoredEvent;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for every page: everybody can use it, and no sender can. */
@ExtendWith(ConsoleExtension.class)
class ConsolePagesTest {

    private static final String HOSTILE =
            "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    /** axe-core's findings that matter; it is loaded once a page. */
    private static final String SERIOUS = """
            axe.run({resultTypes: ["violations"]}).then(found => found.violations
                .filter(rule => ["serious", "critical"].includes(rule.impact))
                .map(rule => rule.id + ": " + rule.nodes[0].html))
            """;

    private final ConsoleUnderTest it;

    ConsolePagesTest(ConsoleUnderTest it) {
        this.it = it;
    }

    @Test
    void namesOfSendersCannotActOnThePage() {
        StoredEvent dead = it.dead(HOSTILE);
        Page page = it.operator();
        page.navigate("/events/" + dead.id());
        page.getByLabel("Reason to reveal it").fill(HOSTILE);
        page.getByText("Reveal", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("pre").first()).containsText("<script>");
        for (String path : List.of("/events/" + dead.id(), "/dead-letters", "/audit", "/dead-letters?q=" + HOSTILE)) {
            page.navigate(path);
            assertThat(page.title()).endsWith("crm-sync");
            assertThat(page.locator("main script, main img[onerror]").count()).isZero();
        }
        page.context().close();
    }

    @Test
    void keysMoveThroughTheListAndOpenTheReplay() {
        it.dead("With keys");
        Page page = it.operator();
        page.navigate("/dead-letters");
        page.keyboard().press("j");
        assertThat(page.locator("tr.current")).hasCount(1);
        page.keyboard().press("r");

        assertThat(page.locator("#replay input[name=reason]")).isFocused();
        page.context().close();
    }

    @Test
    void readingWorksWithoutJavaScript() {
        StoredEvent dead = it.dead("Without script");
        Page page = it.operator(false);
        for (String path : List.of("/", "/dead-letters?q=cus_dead", "/events/" + dead.id(), "/audit", "/replays")) {
            page.navigate(path);
            assertThat(page.locator("h1")).isVisible();
        }
        page.context().close();
    }

    @Test
    void everyPageIsAccessibleInBothSchemesAndWidths() {
        StoredEvent dead = it.dead("Accessible");
        it.customer("cus_fine", "Fine Ltd");
        Page page = it.operator();
        for (String path : List.of(
                "/",
                "/dead-letters",
                "/events",
                "/events/" + dead.id(),
                "/replays",
                "/replays/new?state=dead",
                "/send?sample=pivotal/customer.created",
                "/audit",
                "/events?q=nothing-like-this",
                "/nowhere")) {
            page.navigate(path);
            page.evaluate(AxeBuilder.getAxeScript());
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                for (int width : List.of(1280, 400)) {
                    page.setViewportSize(width, 860);
                    ConsoleUnderTest.shoot(
                            page, name(path, dead) + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
                    assertThat((List<?>) page.evaluate(SERIOUS))
                            .as(path + " " + scheme + " " + width)
                            .isEmpty();
                    assertThat((Boolean) page.evaluate(
                                    "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                            .as(path + " fits " + width)
                            .isTrue();
                }
            }
        }
        page.context().close();
    }

    private static String name(String path, StoredEvent dead) {
        String name = path.replace("/events/" + dead.id(), "/event").replaceAll("[^a-z-]+", "-");
        return "page" + (name.equals("-") ? "-overview" : name);
    }
}
