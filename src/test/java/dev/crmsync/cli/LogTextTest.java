package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.apache.logging.log4j.util.StringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from outside steers neither the terminal nor the reader of a log, and makes no line of its own. */
class LogTextTest {

    /** Colours, the bell, what C1 knows as ESC [, directions of writing, line ends of other systems, a tag, half a pair. */
    private static final String HOSTILE =
            "evt\u001b[31m\u0007\u009b2J\u202egpj\u2066x\u2069\u200e\u061c\u2028\u2029\u0085\ufeff\u007f\udb40\udc41\ud800";

    private static final String FORGED = "\r\n12:00:00.000 ERROR Forged all is lost";

    @ParameterizedTest
    @ValueSource(strings = {"log4j2.xml", "log4j2-prod.xml"})
    void aHostileEventIdReachesNoLogRaw(String configuration) throws Exception {
        String written = written(configuration, HOSTILE + FORGED);

        assertThat(written.codePoints().filter(character -> character != '\n' && character != '\t'))
                .noneMatch(character -> List.of(
                                (int) Character.CONTROL,
                                (int) Character.FORMAT,
                                (int) Character.LINE_SEPARATOR,
                                (int) Character.PARAGRAPH_SEPARATOR,
                                (int) Character.SURROGATE)
                        .contains(Character.getType(character)));
        assertThat(written.toLowerCase(Locale.ROOT)).contains("\\u001b", "\\u202e", "\\u009b", "\\udb40\\udc41");
        assertThat(written.lines()).noneMatch(line -> line.startsWith("12:00:00.000 ERROR Forged"));
    }

    @Test
    void theLineOfAHostileEventIdIsStillJsonAndSaysIt() throws Exception {
        String written = written("log4j2-prod.xml", HOSTILE + FORGED);

        assertThat(written.lines()).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(written);
        assertThat(line.path("event.id").asText()).isEqualTo(HOSTILE + FORGED);
        assertThat(line.path("error.message").asText()).startsWith("cannot store evt\u001b[31m");
        assertThat(line.path("error.stack_trace").asText()).contains("Caused by");
    }

    @Test
    void plainTextKeepsUmlautsAndPictures() throws Exception {
        assertThat(written("log4j2.xml", "Jörg 東京 😀")).contains("dead letter: Jörg 東京 😀");
    }

    @Test
    void theTerminalGetsNoControlsEither() {
        StringWriter printed = new StringWriter();
        TextTable table = new TextTable("EVENT");
        table.row(HOSTILE);
        table.print(new PrintWriter(printed, true));

        assertThat(printed.toString().replace(System.lineSeparator(), ""))
                .startsWith("EVENTevt·[31m··2J·gpj·x·")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");
    }

    /** What the configuration's own appender writes of an event with that id. */
    private static String written(String configuration, String id) throws Exception {
        URI file = LogTextTest.class.getResource("/" + configuration).toURI();
        LoggerContext context = new LoggerContext(configuration, null, file);
        context.start();
        try {
            Layout<?> layout = context.getConfiguration().getAppender("console").getLayout();
            StringMap labels = new SortedArrayStringMap();
            labels.putValue("event.id", id);
            Log4jLogEvent event = Log4jLogEvent.newBuilder()
                    .setLoggerName("dead-letter")
                    .setLevel(Level.WARN)
                    .setMessage(new SimpleMessage("dead letter: " + id))
                    .setContextData(labels)
                    .setThrown(new IllegalStateException("cannot store " + id, new IllegalArgumentException(id)))
                    .build();
            return new String(layout.toByteArray(event), java.nio.charset.StandardCharsets.UTF_8);
        } finally {
            Configurator.shutdown(context);
        }
    }
}
