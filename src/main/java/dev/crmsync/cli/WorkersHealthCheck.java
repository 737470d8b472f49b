package dev.crmsync.cli;

import dev.crmsync.worker.Workers;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready only while every worker works; names those that do not. */
final class WorkersHealthCheck extends AbstractHealthCheck {

    private final Workers workers;

    WorkersHealthCheck(Workers workers) {
        super("crm", "workers");
        this.workers = workers;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> dead = workers.dead();
        if (dead.isEmpty()) {
            builder.up();
        } else {
            builder.down().message("Stopped working: " + dead + ". The log says why; restart the process");
        }
    }
}
