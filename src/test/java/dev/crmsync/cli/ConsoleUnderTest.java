package dev.crmsync.cli;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.node.TextNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import dev.crmsync.inbox.Received;
import dev.crmsync.inbox.StoredEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** An application with a console, and a browser before it. */
final class ConsoleUnderTest implements AutoCloseable {

    static final String PASSWORD = "a-test-password";

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    final TestApplication application;
    final String url;
    final OpenIdProvider provider;
    private final Playwright playwright;
    private final Browser browser;
    private final Map<String, String> visits = new HashMap<>();
    private final Path data;
    private int events;

    private ConsoleUnderTest(Path data, Path chromium) throws IOException {
        this.data = data;
        Path users = Files.write(
                data.resolve("users"),
                List.of("operator:operator:" + hash(PASSWORD), "viewer:viewer:" + hash(PASSWORD)));
        provider = new OpenIdProvider();
        Map<String, String> settings = new HashMap<>(ConsoleProviderTest.settings(provider));
        settings.put("crm.console.users-file", users.toString());
        CompletableFuture<TestApplication> starting =
                CompletableFuture.supplyAsync(() -> TestApplication.start(data, settings));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        application = starting.join();
        url = application.application().addresses().console();
    }

    static ConsoleUnderTest start(Path chromium) {
        try {
            return new ConsoleUnderTest(Files.createTempDirectory("console"), chromium);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As cheap to check as bcrypt allows. */
    private static String hash(String password) {
        return BCrypt.withDefaults().hashToString(4, password.toCharArray());
    }

    /** A window of a visitor who has not signed in. */
    Page visitor(int width, ColorScheme scheme, boolean script) {
        return window(width, scheme, script, null);
    }

    /** A window of an operator. */
    Page operator() {
        return operator(true);
    }

    Page operator(boolean script) {
        return window(1280, ColorScheme.LIGHT, script, visit("operator"));
    }

    /** A window of somebody who may look only. */
    Page viewer() {
        return window(1280, ColorScheme.LIGHT, true, visit("viewer"));
    }

    private Page window(int width, ColorScheme scheme, boolean script, String visit) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(url)
                .setViewportSize(width, 860)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(script)
                .setStorageState(visit));
        context.setDefaultTimeout(15_000);
        return context.newPage();
    }

    /** Everybody signs in once: his windows share the session. */
    private String visit(String name) {
        return visits.computeIfAbsent(name, user -> {
            Page page = visitor(1280, ColorScheme.LIGHT, true);
            signIn(page, user, PASSWORD);
            page.getByText("Sign out").waitFor();
            String state = page.context().storageState();
            page.context().close();
            return state;
        });
    }

    static void signIn(Page page, String name, String password) {
        page.navigate("/login");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.getByText("Sign in", new Page.GetByTextOptions().setExact(true))
                .last()
                .click();
    }

    static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** A customer of Pivotal whose event Salesforce refuses. */
    StoredEvent dead(String name) {
        String id = "cus_dead" + ++events;
        refuse("acme:" + id);
        return customer(id, name);
    }

    /** An event that waits, since no route delivers its source. */
    StoredEvent waiting() {
        EventId id = new EventId("unrouted", "evt_" + ++events);
        Event event = new Event(
                id, "waits", "acme", "thing:" + events, Event.STATE, OrderKey.of(99), Instant.EPOCH, true, "{}", null);
        application.inbox().accept(List.of(new Received(event, null)));
        return application.inbox().events().find(id).orElseThrow();
    }

    EventState stateOf(StoredEvent event) {
        return application.inbox().events().find(event.id()).orElseThrow().state();
    }

    /** Makes the org refuse the record with that key, for good. */
    void refuse(String key) {
        application
                .org()
                .control(
                        "POST",
                        "/faults",
                        "{\"kind\":\"row-error\",\"nth\":0,\"count\":0,\"probability\":1,\"status\":0,\"delayMillis\":0,\"rows\":0,\"wwwAuthenticate\":true,\"key\":\""
                                + key
                                + "\",\"errorCode\":\"STRING_TOO_LONG\",\"message\":\"Account Name: data value too large\"}");
    }

    /** Salesforce takes everything again. */
    void accept() {
        application.org().control("DELETE", "/faults", "");
    }

    /** A customer of Pivotal, once its event has come to an end. */
    StoredEvent customer(String id, String name) {
        String body = """
                {"id":"evt_%d_%d","type":"customer.updated","created_at":"%s","org_id":"acme","livemode":true,
                 "data":{"object":{"id":"%s","display_id":311,"name":%s,"owner_email":"owner@example.com"}}}
                """.formatted(
                ++events, System.nanoTime(), Instant.now().truncatedTo(ChronoUnit.MILLIS), id, TextNode.valueOf(name));
        return application.ended(application.sender().pivotal(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** An update of a customer of Pivotal, an hour old, that arrives after one which says only another name. */
    StoredEvent overtaken(String id, String name, int score) {
        customer(id, Instant.now(), "\"name\":\"Newer name\"");
        return customer(
                id,
                Instant.now().minus(1, ChronoUnit.HOURS),
                "\"name\":\"%s\",\"health_score\":%d".formatted(name, score));
    }

    private StoredEvent customer(String id, Instant at, String members) {
        String body = """
                {"id":"evt_%d_%d","type":"customer.updated","created_at":"%s","org_id":"acme","livemode":true,
                 "data":{"object":{"id":"%s",%s}}}
                """.formatted(++events, System.nanoTime(), at.truncatedTo(ChronoUnit.MILLIS), id, members);
        return application.ended(application.sender().pivotal(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        application.close();
        provider.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
