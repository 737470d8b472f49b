package dev.crmsync.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.console.SampleEvents;
import dev.crmsync.webhook.OwnSamples;
import dev.crmsync.webhook.SignedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.spi.PropertiesComponent;

/** The samples of the {@code send} command for the console, signed with this application's own secrets. */
final class ConsoleSamples implements SampleEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<String> webhooks;
    private final PropertiesComponent properties;
    private final OwnSamples samples;
    private final Clock clock;

    ConsoleSamples(Supplier<String> webhooks, PropertiesComponent properties, OwnSamples samples, Clock clock) {
        this.webhooks = webhooks;
        this.properties = properties;
        this.samples = samples;
        this.clock = clock;
    }

    @Override
    public List<String> names() {
        return Samples.names();
    }

    @Override
    public String body(String name) {
        try {
            byte[] sample = Samples.find(source(name), type(name)).orElseThrow();
            ObjectNode event = (ObjectNode) JSON.readTree(new Freshness(clock).apply(source(name), sample));
            if (event.has("livemode")) {
                event.put("livemode", false);
            }
            return event.toPrettyString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int send(String name, String body) {
        SampleSender sender = new SampleSender(webhooks.get(), this::secret);
        SignedRequest signed = sender.sign(source(name), type(name), body.getBytes(StandardCharsets.UTF_8));
        try {
            return samples.whileSending(signed.body(), () -> sender.post(source(name), type(name), signed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending", e);
        } catch (Exception e) {
            throw new IllegalStateException("The sample cannot be sent", e);
        }
    }

    private String secret(String setting) {
        return properties
                .resolveProperty(setting)
                .map(list -> list.split(",")[0].trim())
                .orElse(null);
    }

    private static String source(String name) {
        return name.substring(0, name.indexOf('/'));
    }

    private static String type(String name) {
        return name.substring(name.indexOf('/') + 1);
    }
}
