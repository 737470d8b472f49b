package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.EventId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A line that is logged while an exchange is at work says which event and which route it concerns. */
class LogContextTest {

    @TempDir
    Path data;

    @Test
    void eachLineNamesItsOwnEventAfterTheExchangesHaveWaitedForOneCallTogether() {
        try (TestApplication application = TestApplication.start(data, Map.of());
                CapturedLog log = new CapturedLog()) {
            application.org().control("POST", "/faults", """
                    {"kind": "row-error", "errorCode": "STRING_TOO_LONG", "nth": 0, "status": 0, "delayMillis": 0}
                    """);
            List<Sent> sent = IntStream.range(0, 20)
                    .mapToObj(number -> application.sender().pivotal(customer(number)))
                    .toList();
            sent.forEach(application::ended);

            for (Sent each : sent) {
                EventId id = each.ids().get(0);
                assertThat(log.text().lines())
                        .filteredOn(line -> line.contains("dead letter: pivotal customer.created " + id.value() + ","))
                        .singleElement()
                        .asString()
                        .contains("event.id=" + id, "route.id=dead-letter");
            }
        }
    }

    @Test
    void aThreadIsLeftAsItWasFound() throws Exception {
        try (TestApplication application = TestApplication.start(data, Map.of());
                CapturedLog log = new CapturedLog()) {
            var context = application.application().context();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:outer").routeId("outer").to("direct:inner").log("outside again");
                    from("direct:inner").routeId("inner").log("inside");
                }
            });
            MDC.put("route.id", "the caller's");

            context.createProducerTemplate().sendBody("direct:outer", "");

            LoggerFactory.getLogger(LogContextTest.class).info("afterwards");
            MDC.clear();
            assertThat(log.text())
                    .containsPattern("inside \\{.*route.id=inner")
                    .containsPattern("outside again \\{.*route.id=outer")
                    .containsPattern("afterwards \\{.*route.id=the caller's");
        }
    }

    private static byte[] customer(int number) {
        return """
                {"id": "evt_log_%1$d", "type": "customer.created", "created_at": "2026-01-01T00:00:00Z",
                 "livemode": true, "org_id": "org_1", "data": {"object": {"id": "cus_%1$d", "name": "Customer"}}}
                """.formatted(number).getBytes(StandardCharsets.UTF_8);
    }
}
