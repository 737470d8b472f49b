package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.inbox.StoredEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads records back from the sandbox as any client of Salesforce would. */
final class SandboxRecords {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NOT_SHOWN = Set.of(
            "attributes",
            "Id",
            "Name",
            "CreatedDate",
            "CreatedById",
            "LastModifiedDate",
            "LastModifiedById",
            "SystemModstamp",
            "OwnerId");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    SandboxRecords(String url) {
        this.url = url;
    }

    /** The records that the events wrote, each once, in the order of the first write. */
    List<Record> of(List<StoredEvent> events) throws IOException, InterruptedException {
        Set<List<String>> written = new LinkedHashSet<>();
        for (StoredEvent event : events) {
            for (JsonNode upsert : DemoReport.upserts(event)) {
                written.add(List.of(
                        upsert.path("object").asText(), upsert.path("id").asText()));
            }
        }
        String token = login();
        List<Record> records = new ArrayList<>();
        for (List<String> record : written) {
            records.add(read(record.get(0), record.get(1), token));
        }
        return records;
    }

    private String login() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=demo&client_secret=demo"))
                .build();
        return json(request).path("access_token").asText();
    }

    private Record read(String object, String id, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/services/data/v62.0/sobjects/" + object + "/" + id))
                .header("Authorization", "Bearer " + token)
                .build();
        JsonNode record = json(request);
        Map<String, String> fields = new LinkedHashMap<>();
        record.properties().stream()
                .filter(field -> !NOT_SHOWN.contains(field.getKey()))
                .filter(field -> !field.getValue().isNull() && !field.getValue().isObject())
                .filter(field -> !"false".equals(field.getValue().asText()))
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return new Record(object, record.path("Id").asText(), fields);
    }

    private JsonNode json(HttpRequest request) throws IOException, InterruptedException {
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** A record with the fields that have a value. */
    record Record(String object, String id, Map<String, String> fields) {}
}
