package dev.crmsync.salesforce;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How many calls go to Salesforce, what they carry and how they end. */
final class SalesforceMetrics {

    private final MeterRegistry registry;

    SalesforceMetrics(MeterRegistry registry, ApiUsage usage) {
        this.registry = registry;
        Gauge.builder(
                        "crm.salesforce.quota.ratio",
                        usage,
                        figures -> figures.latest().ratio())
                .description("Part of the org's daily API calls that is used, 0 to 1")
                .register(registry);
        // Shown with 0, or an alert could not see the first one.
        logins("ok");
        logins("failed");
    }

    void call(String object, List<Row> rows, Failure failure, long nanos) {
        String result = failure == null ? "ok" : failure.failureClass().label();
        Timer.builder("crm.salesforce.calls")
                .description("Calls that write a batch, by object and result")
                .tag("object", object)
                .tag("result", result)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
        summary("crm.salesforce.rows.per.call", "Records in a call", object).record(rows.size());
        summary("crm.salesforce.events.per.call", "Events that a call carries", object)
                .record(rows.stream().mapToInt(row -> row.parts().size()).sum());
    }

    void row(String object, Failure failure) {
        Counter.builder("crm.salesforce.rows.refused")
                .description("Rows that Salesforce refused, by object, class and code")
                .tag("object", object)
                .tag("class", failure.failureClass().label())
                .tag("code", failure.code())
                .register(registry)
                .increment();
    }

    void login(boolean successful) {
        logins(successful ? "ok" : "failed").increment();
    }

    private Counter logins(String result) {
        return Counter.builder("crm.salesforce.logins")
                .description("Renewals of the session")
                .tag("result", result)
                .register(registry);
    }

    private DistributionSummary summary(String name, String description, String object) {
        return DistributionSummary.builder(name)
                .description(description)
                .tag("object", object)
                .register(registry);
    }
}
