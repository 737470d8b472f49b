package dev.crmsync.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitUntilState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signing in at an OpenID provider, with a real browser and a real provider on another site. */
@ExtendWith(ConsoleExtension.class)
class ConsoleProviderTest {

    private static final String OPERATORS = "crm-operators";
    private static final String VIEWERS = "crm-viewers";

    private final ConsoleUnderTest it;
    private Page page;

    ConsoleProviderTest(ConsoleUnderTest it) {
        this.it = it;
    }

    /** What a console under test is started with, to sign people in there. */
    static Map<String, String> settings(OpenIdProvider provider) {
        return Map.of(
                "crm.console.oidc.issuer",
                provider.issuer(),
                "crm.console.oidc.client-id",
                OpenIdProvider.CLIENT,
                "crm.console.oidc.client-secret",
                OpenIdProvider.SECRET,
                "crm.console.oidc.roles-claim",
                "realm_access.roles",
                "crm.console.oidc.operator-roles",
                OPERATORS + ", admins",
                "crm.console.oidc.viewer-roles",
                VIEWERS);
    }

    @BeforeEach
    void open() {
        page = it.visitor(1280, ColorScheme.LIGHT, true);
        it.provider.person("ann@example.com", List.of("staff", OPERATORS));
    }

    @AfterEach
    void close() {
        page.context().close();
    }

    @Test
    void anOperatorSignsInThereAndIsOneHere() {
        page.navigate("/login");
        ConsoleUnderTest.shoot(page, "login");
        page.getByText("Sign in with your organisation").click();

        assertThat(page.locator(".who span")).hasText("ann@example.com · operator");
        assertThat(page).hasURL(it.url + "/");
        page.navigate("/send");
        assertThat(page.locator("h1")).hasText("Send a sample");
        page.navigate("/audit");
        assertThat(page.getByText("at " + it.provider.issuer()).first()).isVisible();
    }

    @Test
    void aViewerSignsInThereAndIsOneHere() {
        it.provider.person("vera@example.com", List.of(VIEWERS));
        signIn();

        assertThat(page.locator(".who span")).hasText("vera@example.com · viewer");
        assertThat(page.navigate("/send").status()).isEqualTo(403);
    }

    @Test
    void signingOutEndsBothSessions() {
        signIn();
        page.getByText("Sign out").click();

        page.waitForURL(it.url + "/login");
        page.navigate("/audit");
        assertThat(page).hasURL(it.url + "/login");
    }

    @Test
    void whoHasNoRoleHereIsToldSo() {
        it.provider.person("eve@example.com", List.of("staff"));
        Response answer = page.navigate("/login/oidc");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("eve@example.com has no role here");
        assertNotSignedIn();
    }

    @Test
    void anAnswerThatThisBrowserDidNotAskForIsRefused() {
        Page other = it.visitor(1280, ColorScheme.LIGHT, true);
        RequestOptions stay = RequestOptions.create().setMaxRedirects(0);
        APIResponse theirs = other.request().get("/login/oidc", stay);
        String answer = other.request()
                .get(theirs.headers().get("location"), stay)
                .headers()
                .get("location");
        page.request().get("/login/oidc", stay);

        assertThat(page.navigate(answer).status()).isEqualTo(401);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("was not begun in this browser");
        assertNotSignedIn();
        other.context().close();
    }

    @Test
    void aTokenOfAnotherAttemptIsRefused() {
        assertRefused(provider -> provider.lie("nonce", "of-another-attempt"), "was not meant for this sign-in");
    }

    @Test
    void aTokenForAnotherClientIsRefused() {
        assertRefused(provider -> provider.lie("aud", "another-client"), "sent no ID token");
    }

    @Test
    void aTokenOfAnotherProviderIsRefused() {
        assertRefused(provider -> provider.lie("iss", "http://elsewhere"), "sent no ID token");
    }

    @Test
    void aTokenOfYesterdayIsRefused() {
        assertRefused(
                provider -> provider.lie("exp", Instant.now().getEpochSecond() - 86_400),
                "was not meant for this sign-in");
    }

    @Test
    void aTokenThatSomebodyElseHasSignedIsRefused() {
        assertRefused(OpenIdProvider::forge, "did not confirm it");
    }

    @Test
    void aTokenWithoutSignatureIsRefused() {
        assertRefused(OpenIdProvider::leaveUnsigned, "sent no ID token");
    }

    @Test
    void aTokenThatAsksForWhatIsNotUnderstoodIsRefused() {
        assertRefused(provider -> provider.head("crit", List.of("b64")), "sent no ID token");
    }

    @Test
    void aKeyThatTheProviderHasTakenIntoUseSinceIsFetched() {
        signIn();
        it.provider.rotate();
        page.context().clearCookies();
        signIn();

        assertThat(page.locator(".who span")).hasText("ann@example.com · operator");
    }

    /** The page on which a sign-in ends leads on by itself. */
    private void signIn() {
        page.navigate("/login/oidc", new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        page.waitForURL(it.url + "/");
    }

    private void assertRefused(Consumer<OpenIdProvider> fault, String because) {
        fault.accept(it.provider);
        page.navigate("/login/oidc");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText(because);
        assertNotSignedIn();
    }

    private void assertNotSignedIn() {
        page.navigate("/audit");
        assertThat(page).hasURL(it.url + "/login");
    }
}
