package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.Org;
import java.util.List;

/** What versions and resources there are, and who asks. */
final class VersionsApi {
    private static final int OLDEST_LISTED = 31;

    private VersionsApi() {}

    static ApiResponse versions() {
        ArrayNode versions = Json.array();
        for (int version = OLDEST_LISTED; version <= Router.NEWEST; version++) {
            versions.addObject()
                    .put("label", "API " + version)
                    .put("url", "/services/data/v" + version + ".0")
                    .put("version", version + ".0");
        }
        return ApiResponse.json(200, versions);
    }

    /** The identity that the {@code id} of a token answer leads to. */
    static ApiResponse identity(ApiRequest request) {
        boolean person = request.path().contains(Org.PERSON_ID);
        String userId = person ? Org.PERSON_ID : Org.USER_ID;
        return ApiResponse.json(
                200,
                Json.object()
                        .put("id", "http://" + request.header("host") + "/id/" + Org.ORG_ID + "/" + userId)
                        .put("user_id", userId)
                        .put("organization_id", Org.ORG_ID)
                        .put("username", person ? Org.PERSON_USERNAME : Org.USERNAME)
                        .put("user_type", "STANDARD")
                        .put("active", true));
    }

    static ApiResponse resources(int version) {
        ObjectNode resources = Json.object();
        for (String name : List.of("composite", "jobs", "limits", "query", "queryAll", "sobjects")) {
            resources.put(name, "/services/data/v" + version + ".0/" + name);
        }
        return ApiResponse.json(200, resources);
    }
}
