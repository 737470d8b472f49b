package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.crmsync.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example body that is at hand becomes an event, under the type that its file or its body names. */
class ExampleBodiesTest {

    private static final Path DATA = Path.of("../shared/data");
    private static final String SECRET = "whsec_YSBzZWNyZXQgb2YgdHdlbnR5LWZvdXI=";
    private static final Clock CLOCK = Clock.systemUTC();

    @TestFactory
    Stream<DynamicTest> pivotal() throws Exception {
        return examples("pivotal", "pivotal/examples-inferred", new SvixSigner(SECRET, CLOCK));
    }

    @TestFactory
    Stream<DynamicTest> emporixThroughSvix() throws Exception {
        return examples("emporix", "emporix/examples-inferred", new SvixSigner(SECRET, CLOCK));
    }

    @TestFactory
    Stream<DynamicTest> emporixOverHttp() throws Exception {
        return examples("emporix", "emporix/examples-inferred", new EmporixSigner(SECRET, CLOCK));
    }

    @TestFactory
    Stream<DynamicTest> plain() throws Exception {
        return examples("plain", "plain/examples", new PlainSigner(SECRET, CLOCK));
    }

    private static Stream<DynamicTest> examples(String source, String folder, Signer signer) throws Exception {
        Path path = DATA.resolve(folder);
        assumeTrue(Files.exists(path), "no examples at " + path);
        List<Path> files;
        try (Stream<Path> found = Files.list(path)) {
            files = found.filter(file -> file.toString().endsWith(".json")).toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(), () -> becomesAnEvent(source, file, signer)));
    }

    private static void becomesAnEvent(String source, Path file, Signer signer) throws Exception {
        String type = file.getFileName().toString().replaceFirst("\\.(rest-like-variants\\.|test-mode\\.)?json$", "");
        Map<String, String> settings = Map.of("crm." + source + ".signing-secrets", SECRET);
        try (Receiver receiver = Receiver.of(source, settings, CLOCK)) {
            Event event = receiver.at("/webhooks/" + source + "/" + type).event(signer.sign(Files.readAllBytes(file)));

            assertThat(event.unreadable()).isNull();
            assertThat(event.payload()).doesNotContain("FAKE-");
            assertThat(event.type()).endsWith(type.replace("customer-", "customer_"));
        }
    }
}
