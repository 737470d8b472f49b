package dev.crmsync.salesforce;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spends the org's daily API calls with care: from {@value #WARN_PERCENT} % it warns, from {@value #STRETCH_PERCENT} %
 * calls wait to carry more rows and what is left is kept for live traffic.
 */
public final class ApiBudget {

    private static final Logger LOG = LoggerFactory.getLogger(ApiBudget.class);
    private static final int WARN_PERCENT = 80;
    private static final int STRETCH_PERCENT = 90;
    private static final int SCARCE_PERCENT = 95;
    private static final Duration STRETCHED = Duration.ofSeconds(2);
    private static final Duration SCARCE = Duration.ofSeconds(10);

    private final ApiUsage usage;
    private final Duration linger;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param linger how long an upsert waits for company while calls are plenty */
    ApiBudget(ApiUsage usage, Duration linger) {
        this.usage = usage;
        this.linger = linger;
    }

    /** True while a call must not leave before it is full or has waited {@link #linger()}. */
    boolean isStretched() {
        return percent() >= STRETCH_PERCENT;
    }

    /** Longest wait of an upsert for company. */
    Duration linger() {
        int percent = percent();
        return percent >= SCARCE_PERCENT ? SCARCE : percent >= STRETCH_PERCENT ? STRETCHED : linger;
    }

    /** False when the calls that are left belong to live traffic: replays and backfills have to wait. */
    public boolean allowsReplays() {
        return percent() < STRETCH_PERCENT;
    }

    /** To be called when new figures have come in. */
    void check() {
        boolean high = percent() >= WARN_PERCENT;
        if (high && warned.compareAndSet(false, true)) {
            ApiUsage.Snapshot latest = usage.latest();
            LOG.warn(
                    "{} of {} API calls of the last 24 hours are used: from {} % on, calls wait to carry more rows"
                            + " and replays stop",
                    latest.used(), latest.limit(), STRETCH_PERCENT);
        } else if (!high) {
            warned.set(false);
        }
    }

    private int percent() {
        return (int) (usage.latest().ratio() * 100);
    }
}
