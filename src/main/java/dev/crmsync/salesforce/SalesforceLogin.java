package dev.crmsync.salesforce;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the session: once for all calls that met its end together. camel-salesforce would log in once per call, and
 * Salesforce blocks a user above 3,600 logins an hour.
 */
final class SalesforceLogin {

    private static final Logger LOG = LoggerFactory.getLogger(SalesforceLogin.class);
    private static final int UNAUTHORIZED = 401;

    private final SalesforceComponent component;
    private final ExecutorService executor;
    private final SalesforceMetrics metrics;

    /** @param executor runs logins, which block; a single thread is right */
    SalesforceLogin(SalesforceComponent component, ExecutorService executor, SalesforceMetrics metrics) {
        this.component = component;
        this.executor = executor;
        this.metrics = metrics;
    }

    static boolean isSessionOver(Failure failure) {
        return failure.status() == UNAUTHORIZED || "INVALID_SESSION_ID".equals(failure.code());
    }

    /** The present access token, or null before the first login. */
    String token() {
        return component.getSession() == null ? null : component.getSession().getAccessToken();
    }

    /**
     * Gets a new session unless another call has got one since.
     *
     * @param usedToken the token that was refused
     * @param done receives null, or why the login failed
     */
    void renew(String usedToken, Consumer<Exception> done) {
        try {
            executor.execute(() -> done.accept(login(usedToken)));
        } catch (RejectedExecutionException stopping) {
            done.accept(stopping);
        }
    }

    private Exception login(String usedToken) {
        try {
            component.getSession().login(usedToken);
            metrics.login(true);
            return null;
        } catch (SalesforceException | RuntimeException e) {
            metrics.login(false);
            LOG.warn("Login at Salesforce failed: {}", Failures.ofCall(e, "").summary());
            return e;
        }
    }
}
