package dev.crmsync.sandbox.rest;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.RowWriter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the handler of a request by its path and method. */
final class Router {
    private static final Pattern VERSION = Pattern.compile("v(\\d{2})\\.0");
    private static final int OLDEST = 20;
    static final int NEWEST = 66;

    private final TokenApi tokens;
    private final SObjectApi records;
    private final CollectionApi collections;
    private final BulkApi bulk;
    private final CompositeApi composites;
    private final DescribeApi describes;
    private final QueryApi queries;
    private final LimitsApi limits;

    Router(Org org, ApiUsage usage, TokenApi tokens) {
        RowWriter writer = new RowWriter(org);
        this.tokens = tokens;
        this.records = new SObjectApi(org, writer);
        this.collections = new CollectionApi(org, writer);
        this.bulk = new BulkApi(org, writer);
        this.composites = new CompositeApi(org, this::route);
        this.describes = new DescribeApi(org);
        this.queries = new QueryApi(org);
        this.limits = new LimitsApi(org, usage);
    }

    /** The API version of a request; empty when it names none that exists. */
    static Optional<Integer> version(ApiRequest request) {
        if (request.path().size() < RestApi.VERSION_SEGMENTS) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(request.path().get(RestApi.VERSION_SEGMENTS - 1));
        return version.matches()
                ? Optional.of(Integer.parseInt(version.group(1))).filter(v -> v >= OLDEST && v <= NEWEST)
                : Optional.empty();
    }

    Route route(ApiRequest request) {
        List<String> path = request.path();
        String joined = String.join("/", path);
        switch (joined) {
            case "services/oauth2/token":
                return of(Operation.TOKEN, call -> tokens.token(call.request()));
            case "services/oauth2/revoke":
                return of(Operation.REVOKE, call -> tokens.revoke(call.request()));
            case "services/data":
                return of(Operation.VERSIONS, call -> VersionsApi.versions());
            default:
                break;
        }
        if (path.get(0).equals("id")) {
            return of(Operation.DESCRIBE, call -> VersionsApi.identity(call.request()));
        }
        if (!joined.startsWith("services/data/") || version(request).isEmpty()) {
            return nothing();
        }
        List<String> rest = path.subList(RestApi.VERSION_SEGMENTS, path.size());
        if (rest.isEmpty()) {
            return of(Operation.DESCRIBE, call -> VersionsApi.resources(call.version()));
        }
        return switch (rest.get(0)) {
            case "sobjects" -> sobjects(request.method(), rest);
            case "composite" -> composite(request.method(), rest);
            case "query" -> of(Operation.QUERY, rest.size() > 1 ? queries::more : queries::query);
            case "queryAll" -> of(Operation.QUERY, rest.size() > 1 ? queries::more : queries::queryAll);
            case "jobs" -> jobs(request.method(), rest);
            case "limits" -> of(Operation.LIMITS, limits::limits);
            default -> nothing();
        };
    }

    private Route sobjects(String method, List<String> rest) {
        String object = rest.size() > 1 ? rest.get(1) : "";
        return switch (method + " " + rest.size()) {
            case "GET 1" -> of(Operation.DESCRIBE, describes::global);
            case "GET 2" -> new Route(Operation.DESCRIBE, object, "", describes::basic);
            case "POST 2" -> new Route(Operation.CREATE, object, "", records::create);
            case "GET 3" ->
                rest.get(2).equals("describe")
                        ? new Route(Operation.DESCRIBE, object, "", describes::object)
                        : new Route(Operation.RETRIEVE, object, rest.get(2), records::retrieve);
            case "PATCH 3" -> new Route(Operation.UPDATE, object, rest.get(2), records::update);
            case "DELETE 3" -> new Route(Operation.DELETE, object, rest.get(2), records::delete);
            case "GET 4" -> new Route(Operation.RETRIEVE, object, rest.get(3), records::retrieveByKey);
            case "PATCH 4" -> new Route(Operation.UPSERT, object, rest.get(3), records::upsert);
            case "DELETE 4" -> new Route(Operation.DELETE, object, rest.get(3), records::deleteByKey);
            default -> rest.size() > 4 ? nothing() : wrongMethod();
        };
    }

    private Route composite(String method, List<String> rest) {
        if (rest.size() == 1 || rest.get(1).equals("batch")) {
            return !method.equals("POST")
                    ? wrongMethod()
                    : of(Operation.COMPOSITE, rest.size() == 1 ? composites::composite : composites::batch);
        }
        if (!rest.get(1).equals("sobjects")) {
            return nothing();
        }
        String object = rest.size() > 2 ? rest.get(2) : "";
        return switch (method + " " + rest.size()) {
            case "POST 2" -> of(Operation.CREATE_COLLECTION, collections::create);
            case "PATCH 2" -> of(Operation.UPDATE_COLLECTION, collections::update);
            case "DELETE 2" -> of(Operation.DELETE_COLLECTION, collections::delete);
            case "POST 3", "GET 3" -> new Route(Operation.RETRIEVE_COLLECTION, object, "", collections::retrieve);
            case "PATCH 4" -> new Route(Operation.UPSERT_COLLECTION, object, "", collections::upsert);
            default -> rest.size() > 4 ? nothing() : wrongMethod();
        };
    }

    private Route jobs(String method, List<String> rest) {
        if (rest.size() < 2 || !rest.get(1).equals("ingest")) {
            return nothing();
        }
        return switch (method + " " + rest.size()) {
            case "POST 2" -> of(Operation.BULK, bulk::create);
            case "GET 2" -> of(Operation.BULK, bulk::list);
            case "GET 3" -> of(Operation.BULK, bulk::get);
            case "PATCH 3" -> of(Operation.BULK, bulk::change);
            case "DELETE 3" -> of(Operation.BULK, bulk::delete);
            case "PUT 4" -> of(Operation.BULK, bulk::upload);
            case "GET 4" -> of(Operation.BULK, bulk::results);
            default -> rest.size() > 4 ? nothing() : wrongMethod();
        };
    }

    private static Route of(Operation operation, Handler handler) {
        return new Route(operation, "", "", handler);
    }

    private static Route nothing() {
        return of(Operation.UNKNOWN, call -> {
            throw ApiException.of(ErrorCode.NOT_FOUND);
        });
    }

    private static Route wrongMethod() {
        return of(Operation.UNKNOWN, call -> {
            throw ApiException.of(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    "HTTP Method '" + call.request().method() + "' not allowed here");
        });
    }
}
