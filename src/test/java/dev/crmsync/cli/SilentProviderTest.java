package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An OpenID provider that does not answer keeps those waiting who need it, and nobody else. */
class SilentProviderTest {

    private static final String OPERATOR = "127.0.0.1";

    /** More than there are threads for what takes time. */
    private static final int STRANGERS = 30;

    private static final int MOST_EXCHANGES = 4;

    private final List<RawHttp> strangers = new ArrayList<>();
    private OpenIdProvider provider;
    private TestConsole console;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        provider = new OpenIdProvider();
        provider.person("ann@example.com", List.of("crm-operators"));
        console = TestConsole.start(data, ConsoleProviderTest.settings(provider), "ann:operator");
    }

    @AfterEach
    void stop() throws IOException {
        for (RawHttp stranger : strangers) {
            stranger.close();
        }
        provider.close();
        console.close();
    }

    @Test
    void keepsNoOperatorWaitingWhoIsSignedIn() throws Exception {
        String session =
                TestConsole.cookie(console.signIn(OPERATOR, "ann", TestConsole.PASSWORD, "none=1"), "crm-session");
        provider.fallSilent();
        for (int i = 0; i < STRANGERS; i++) {
            stranger("/login/oidc", "Accept: */*");
            stranger("/api/events", "Authorization: Bearer made.up.token");
        }
        await().until(() -> provider.descriptionsAsked() > 0);

        assertThat(console.get("/", "Cookie: " + session).status()).isEqualTo(200);
        assertThat(console.signIn(OPERATOR, "ann", TestConsole.PASSWORD, "none=1")
                        .status())
                .isEqualTo(303);
        assertThat(provider.descriptionsAsked()).isEqualTo(1);

        provider.speak();
        for (int i = 0; i < STRANGERS; i++) {
            assertThat(strangers.get(2 * i).statusLine()).contains("303");
            assertThat(strangers.get(2 * i + 1).statusLine()).contains("401");
        }
    }

    @Test
    void exchangesAFewCodesAtATimeAndSaysWhenToTryAgain() throws Exception {
        RawHttp.Answer begun = console.get("/login/oidc", "Accept: */*");
        String attempt = "Cookie: " + TestConsole.cookie(begun, "crm-sign-in");
        String state = begun.headers().stream()
                .filter(header -> header.toLowerCase().startsWith("location:"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*[?&](state=[^&]*).*", "$1");
        provider.fallSilent();

        List<CompletableFuture<RawHttp.Answer>> answers = new ArrayList<>();
        for (int i = 0; i <= MOST_EXCHANGES; i++) {
            RawHttp browser = stranger("/login/oidc/callback?code=made-up&" + state, attempt);
            answers.add(CompletableFuture.supplyAsync(() -> answer(browser)));
        }

        CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).join();
        assertThat(answers.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
                .singleElement()
                .satisfies(answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.has("retry-after")).isTrue();
                });
    }

    private static RawHttp.Answer answer(RawHttp browser) {
        try {
            return browser.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawHttp stranger(String path, String header) throws IOException {
        RawHttp stranger = console.connect("127.0.0.2");
        strangers.add(stranger);
        stranger.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n");
        return stranger;
    }
}
