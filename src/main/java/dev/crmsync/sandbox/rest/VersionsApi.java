package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What versions and resources there are. */
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

    static ApiResponse resources(int version) {
        ObjectNode resources = Json.object();
        for (String name : List.of("composite", "jobs", "limits", "query", "queryAll", "sobjects")) {
            resources.put(name, "/services/data/v" + version + ".0/" + name);
        }
        return ApiResponse.json(200, resources);
    }
}
