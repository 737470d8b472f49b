package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.Org;

/** {@code /limits}. Only the daily requests are counted; the other limits are there because clients read them. */
final class LimitsApi {
    private final Org org;
    private final ApiUsage usage;

    LimitsApi(Org org, ApiUsage usage) {
        this.org = org;
        this.usage = usage;
    }

    ApiResponse limits(Call call) {
        int quota = org.settings().quota();
        ObjectNode limits = Json.object();
        put(limits, "DailyApiRequests", quota, quota - usage.used(org.now()));
        put(limits, "DailyAsyncApexExecutions", 250_000, 250_000);
        put(limits, "DailyBulkApiBatches", 15_000, 15_000);
        put(limits, "DailyBulkV2QueryJobs", 10_000, 10_000);
        put(limits, "DailyStreamingApiEvents", 10_000, 10_000);
        put(limits, "DataStorageMB", 1_073, 1_073);
        put(limits, "FileStorageMB", 1_073, 1_073);
        put(limits, "SingleEmail", 5_000, 5_000);
        return ApiResponse.json(200, limits);
    }

    private static void put(ObjectNode limits, String name, int most, int remaining) {
        limits.putObject(name).put("Max", most).put("Remaining", Math.max(0, remaining));
    }
}
