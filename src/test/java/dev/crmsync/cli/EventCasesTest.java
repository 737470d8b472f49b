package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.inbox.StoredEvent;
import dev.crmsync.webhook.SvixIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of {@code src/test/resources/cases}, from the webhook to the record in Salesforce. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventCasesTest {

    private Path data;
    private TestApplication application;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        this.data = data;
        application = TestApplication.start(data, database());
    }

    /** Settings of the database; none is SQLite. */
    Map<String, String> database() throws Exception {
        return Map.of();
    }

    void stopDatabase() throws Exception {}

    /** Where the database keeps its files. */
    Path databaseFiles() {
        return data;
    }

    List<EventCase> cases() {
        return EventCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void becomesWhatTheCaseSays(EventCase given) {
        List<Sent> sent = new ArrayList<>();
        for (EventCase.Delivery delivery : given.deliveries()) {
            Sent one = send(given, delivery);
            assertThat(one.status()).isEqualTo(202);
            assertThat(one.body()).isEmpty();
            if (delivery.waits()) {
                application.ended(one);
            }
            sent.add(one);
        }

        assertThat(sent.stream().map(application::ended).map(EventCasesTest::end))
                .containsExactlyElementsOf(given.expected().ends());
        given.expected().records().forEach(record -> record.isIn(application.org()));
    }

    private Sent send(EventCase given, EventCase.Delivery delivery) {
        TestSender sender = application.sender();
        if (given.overHttp()) {
            return sender.emporixOverHttp(delivery.type(), delivery.body());
        }
        return !delivery.age().isZero()
                ? sender.emporixOverSvix(
                        delivery.type(), SvixIds.at(Instant.now().minus(delivery.age())), delivery.body())
                : sender.send(given.source(), delivery.type(), delivery.body());
    }

    private static String end(StoredEvent event) {
        return event.state().label() + (event.reason() == null ? "" : ": " + event.reason());
    }

    @AfterAll
    void storesNoSecret() throws Exception {
        application.close();
        try (Stream<Path> files = Files.walk(databaseFiles())) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().noneMatch(EventCasesTest::holdsASecret);
        } finally {
            stopDatabase();
        }
    }

    private static boolean holdsASecret(Path file) {
        try {
            // one character for each byte, so that no byte is lost
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(EventCase.secretMark());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
