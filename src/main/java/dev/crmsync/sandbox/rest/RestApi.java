package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.Caller;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.RowFaults;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

/** Salesforce's REST API: lets requests in, counts them, and has them answered. */
public final class RestApi {
    /** Segments of {@code services/data/vNN.0}. */
    static final int VERSION_SEGMENTS = 3;

    private static final String BEARER = "Bearer ";
    private static final String OAUTH = "OAuth ";

    private final Org org;
    private final Sessions sessions;
    private final ApiUsage usage;
    private final LoginRate logins = new LoginRate();
    private final Router router;
    private final AtomicLong calls = new AtomicLong();

    public RestApi(Org org, Optional<ClientCredentials> client) {
        this.org = org;
        this.sessions = new Sessions(org);
        this.usage = new ApiUsage();
        this.router = new Router(org, usage, new TokenApi(org, sessions, logins, client));
    }

    public Sessions sessions() {
        return sessions;
    }

    public ApiUsage usage() {
        return usage;
    }

    /** Forgets sessions and counters. */
    public void reset() {
        sessions.expireAll();
        usage.set(org.now(), 0);
        logins.clear();
    }

    /** A request and where it leads; needed before it is handled, to pick faults. */
    public record Routed(ApiRequest request, Operation operation, String object, String key, Object target) {

        /** How many rows the request carries; 1 where it is no collection. */
        public int rows() {
            return Math.max(1, records().size());
        }

        /** Whether the URL, or a row of a collection, names the record of that key. */
        public boolean isAbout(String wanted) {
            return wanted.equals(key)
                    || StreamSupport.stream(records().spliterator(), false)
                            .flatMap(row -> StreamSupport.stream(row.spliterator(), false))
                            .anyMatch(value -> wanted.equals(value.textValue()));
        }

        private JsonNode records() {
            try {
                return request.json().path("records");
            } catch (ApiException noJson) {
                return MissingNode.getInstance();
            }
        }
    }

    public Routed route(ApiRequest request) {
        Route route = router.route(request);
        return new Routed(request, route.operation(), route.object(), route.key(), route);
    }

    /** Answers a request. */
    public ApiResponse handle(Routed routed, RowFaults rowFaults) {
        Route route = (Route) routed.target();
        boolean open =
                switch (route.operation()) {
                    case TOKEN, REVOKE, VERSIONS -> true;
                    default -> false;
                };
        try {
            return open
                    ? route.handler().handle(call(routed, new Caller("", ""), rowFaults))
                    : guarded(routed, rowFaults);
        } catch (ApiException refused) {
            return withUsage(ApiResponse.error(refused));
        }
    }

    /** The answer with the header that tells how much of the quota is used. */
    public ApiResponse withUsage(ApiResponse response) {
        return response.with(
                "Sforce-Limit-Info",
                "api-usage=" + usage.used(org.now()) + "/" + org.settings().quota());
    }

    private ApiResponse guarded(Routed routed, RowFaults rowFaults) {
        Optional<Caller> caller = token(routed.request()).flatMap(sessions::use);
        if (caller.isEmpty()) {
            return ApiResponse.error(ErrorCode.INVALID_SESSION_ID);
        }
        if (!usage.take(org.now(), org.settings().quota())) {
            throw ApiException.of(ErrorCode.REQUEST_LIMIT_EXCEEDED);
        }
        Route route = (Route) routed.target();
        return withUsage(route.handler().handle(call(routed, caller.get(), rowFaults)));
    }

    private Call call(Routed routed, Caller caller, RowFaults rowFaults) {
        return new Call(
                routed.request(),
                routed.operation(),
                Router.version(routed.request()).orElse(0),
                caller,
                calls.incrementAndGet(),
                rowFaults,
                Optional.empty());
    }

    private static Optional<String> token(ApiRequest request) {
        String header = request.header("authorization");
        return header.startsWith(BEARER)
                ? Optional.of(header.substring(BEARER.length()))
                : header.startsWith(OAUTH) ? Optional.of(header.substring(OAUTH.length())) : Optional.empty();
    }
}
