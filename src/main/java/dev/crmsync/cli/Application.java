package dev.crmsync.cli;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The whole application in this process: web servers, routes, inbox, delivery and, in {@code dev}, the sandbox. */
final class Application implements AutoCloseable {

    /** Where settings are read from, besides the environment and system properties. */
    static final String SETTINGS_FILES =
            "file:application.properties;optional=true,classpath:application.properties;optional=true";

    private final Main main = new Main() {
        /** A first look at the route files, for settings in comments: there are none. */
        @Override
        protected void modelineRoutes(CamelContext context) {}

        @Override
        protected void doStart() throws Exception {
            parts.connect(getCamelContext());
            super.doStart();
        }
    };

    private final ApplicationParts parts;

    /** @param overrides settings that win over every other place */
    Application(Map<String, String> overrides) {
        main.setDefaultPropertyPlaceholderLocation(SETTINGS_FILES);
        overrides.forEach(main::addOverrideProperty);
        // The summary would print every resolved setting, the signing secrets among them.
        // Not as an override property: Camel cannot read mounted files (cloud properties) beside one.
        main.configure().setAutoConfigurationLogSummary(false);
        // Nothing here is asked over JMX, and its beans would take a fifth of the start.
        main.configure().setJmxEnabled(false);
        main.configure().setRoutesIncludePattern(RouteFiles.DEFAULT);
        main.addInitialProperty("camel.main.startupSummaryLevel", "oneline");
        parts = new ApplicationParts();
        main.setRoutesCollector(parts.routes());
        main.addMainListener(parts);
    }

    /**
     * Starts everything and returns when webhooks are accepted.
     *
     * @throws SettingsException when the settings do not allow it
     */
    void start() {
        try {
            main.start();
        } catch (Exception e) {
            close();
            throw StartFailure.of(e);
        }
    }

    /** Starts, and returns after the process was told to stop and has finished what was in flight. */
    int run() {
        try {
            main.run();
            return main.getExitCode();
        } catch (Exception e) {
            close();
            throw StartFailure.of(e);
        }
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Where the parts listen, once started. */
    Addresses addresses() {
        return parts.addresses();
    }

    ApplicationParts parts() {
        return parts;
    }

    @Override
    public void close() {
        main.stop();
        // Otherwise Camel, when the process ends, logs that it was told to by a signal.
        main.completed();
        parts.close();
    }
}
