package dev.crmsync.reliability;

import dev.crmsync.webhook.SignedRequest;
import dev.crmsync.webhook.SvixSigner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Posts webhooks as Pivotal does, and remembers every one that was answered with 2xx. */
public final class Sender implements AutoCloseable {

    /** What webhooks are signed with. */
    public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final long PAUSE_MILLIS = 100;

    private final SvixSigner signer = new SvixSigner(SECRET, Clock.systemUTC());
    private final Set<SentEvent> accepted = ConcurrentHashMap.newKeySet();
    private final Set<SentEvent> tried = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger refused = new AtomicInteger();
    private final Supplier<URI> target;
    private volatile boolean stopped;

    /** @param webhooks base URL of the application */
    public Sender(String webhooks) {
        this(() -> webhooks);
    }

    /** @param webhooks yields, for each attempt, the base URL of an application */
    Sender(Supplier<String> webhooks) {
        this.target = () -> URI.create(webhooks.get() + "/webhooks/pivotal");
    }

    /** One attempt. */
    public int post(SentEvent event) {
        tried.add(event);
        SignedRequest signed = signer.sign("msg_" + event.id(), event.body());
        HttpRequest.Builder request = HttpRequest.newBuilder(target.get())
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(signed.body()));
        signed.headers().forEach(request::header);
        int status = Http.status(request.build());
        if (status / 100 == 2) {
            accepted.add(event);
        } else {
            refused.incrementAndGet();
        }
        return status;
    }

    /** The same attempt as text, for a connection of one's own. */
    String rawRequest(SentEvent event) {
        tried.add(event);
        SignedRequest signed = signer.sign("msg_" + event.id(), event.body());
        StringBuilder request =
                new StringBuilder("POST " + target.get().getPath() + " HTTP/1.1\r\nHost: localhost\r\n");
        signed.headers().forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        return request + "Content-Type: application/json\r\nContent-Length: " + event.body().length + "\r\n\r\n"
                + new String(event.body(), StandardCharsets.UTF_8);
    }

    /** Sends until it is accepted, or the sender is closed. */
    boolean deliver(SentEvent event) {
        while (!stopped) {
            if (post(event) / 100 == 2) {
                return true;
            }
            pause();
        }
        return false;
    }

    /** As {@link #post}, on a thread of its own. */
    Future<Integer> postLater(SentEvent event) {
        return threads.submit(() -> post(event));
    }

    /** As {@link #deliver}, on a thread of its own. */
    Future<Boolean> deliverLater(SentEvent event) {
        return threads.submit(() -> deliver(event));
    }

    /** Runs a task of a test beside it until the sender is closed. */
    Future<?> run(Runnable task) {
        return threads.submit(task);
    }

    boolean isStopped() {
        return stopped;
    }

    /** What was answered with 2xx. */
    Set<SentEvent> accepted() {
        return Set.copyOf(accepted);
    }

    /** What was sent at least once, whatever the answer. */
    Set<SentEvent> tried() {
        return Set.copyOf(tried);
    }

    Set<String> triedIds() {
        return tried.stream().map(SentEvent::id).collect(Collectors.toSet());
    }

    Set<String> triedKeys() {
        return tried.stream().map(SentEvent::key).collect(Collectors.toSet());
    }

    /** How many attempts were not answered with 2xx. */
    int refused() {
        return refused.get();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets attempts under way end and begins no other. */
    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
