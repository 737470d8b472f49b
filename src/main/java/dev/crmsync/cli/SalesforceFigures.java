package dev.crmsync.cli;

import dev.crmsync.console.SalesforceStatus;
import dev.crmsync.salesforce.ApiUsage;
import dev.crmsync.salesforce.UpsertComponent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** The figures about Salesforce, read out of this process's metrics. */
final class SalesforceFigures implements SalesforceStatus {

    private final UpsertComponent upserts;
    private final MeterRegistry metrics;

    SalesforceFigures(UpsertComponent upserts, MeterRegistry metrics) {
        this.upserts = upserts;
        this.metrics = metrics;
    }

    @Override
    public Figures now() {
        ApiUsage.Snapshot usage = upserts.usage().latest();
        Collection<DistributionSummary> rows =
                metrics.find("crm.salesforce.rows.per.call").summaries();
        long calls = rows.stream().mapToLong(DistributionSummary::count).sum();
        double records =
                rows.stream().mapToDouble(DistributionSummary::totalAmount).sum();
        return new Figures(usage.used(), usage.limit(), calls, calls == 0 ? 0 : records / calls, login(usage));
    }

    private String login(ApiUsage.Snapshot usage) {
        double failed = metrics.find("crm.salesforce.logins").tag("result", "failed").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        if (usage.limit() > 0) {
            return failed > 0 ? "signed in, after " + (long) failed + " failures" : "signed in";
        }
        return failed > 0 ? "failing" : "not needed yet";
    }
}
