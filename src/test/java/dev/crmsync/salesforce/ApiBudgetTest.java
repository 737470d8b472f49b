package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiBudgetTest {

    private static final Duration LINGER = Duration.ofMillis(10);

    private final ApiUsage usage = new ApiUsage();
    private final ApiBudget budget = new ApiBudget(usage, LINGER);

    @Test
    void withoutFiguresCallsArePlenty() {
        assertThat(budget.isStretched()).isFalse();
        assertThat(budget.allowsReplays()).isTrue();
        assertThat(budget.linger()).isEqualTo(LINGER);
    }

    @ParameterizedTest
    @CsvSource({
        "api-usage=0/1000,                         PT0.01S, true",
        "api-usage=899/1000,                       PT0.01S, true",
        "api-usage=900/1000,                       PT2S,    false",
        "api-usage=949/1000; api-bursts=1/750,     PT2S,    false",
        "api-usage=950/1000,                       PT10S,   false",
        "api-usage=1001/1000,                      PT10S,   false"
    })
    void theScarcerCallsGetTheLongerOnesWaitAndReplaysStop(String header, Duration linger, boolean replays) {
        read(header);

        assertThat(budget.linger()).isEqualTo(linger);
        assertThat(budget.isStretched()).isEqualTo(!replays);
        assertThat(budget.allowsReplays()).isEqualTo(replays);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api-usage=lots", "per-app-api-usage=9"})
    void aHeaderThatSaysNothingChangesNothing(String header) {
        read("api-usage=900/1000");
        read(header);

        assertThat(usage.latest()).isEqualTo(new ApiUsage.Snapshot(900, 1000));
    }

    private void read(String header) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader("Sforce-Limit-Info", header);
        usage.read(exchange);
        budget.check();
    }
}
