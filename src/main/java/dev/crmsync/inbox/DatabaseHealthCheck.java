package dev.crmsync.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready only while the database answers: without it no webhook can be accepted. Says nothing about liveness. */
public final class DatabaseHealthCheck extends AbstractHealthCheck {

    private static final int SECONDS = 2;

    private final Database database;

    public DatabaseHealthCheck(Database database) {
        super("crm", "database");
        this.database = database;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try (Connection connection = database.dataSource().getConnection()) {
            if (connection.isValid(SECONDS)) {
                builder.up();
            } else {
                builder.down().message("The database did not answer within " + SECONDS + " s");
            }
        } catch (SQLException e) {
            builder.down().message("The database cannot be reached").error(e);
        }
    }
}
