package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A record as it must be in Salesforce, every field of it: those not named must be empty, checkboxes not ticked.
 *
 * @param exists false when there must be no such record
 * @param fields by API name; of a relationship its name, with the parent's key in an object
 */
record ExpectedRecord(String object, String keyField, String key, boolean exists, Map<String, JsonNode> fields) {

    private static final String NOW = "${now}";
    private static final String ANY = "${any}";
    private static final Duration RECENT = Duration.ofMinutes(2);
    private static final DateTimeFormatter SALESFORCE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx");

    /** Fields that Salesforce sets itself. */
    private static final Set<String> OF_THE_ORG = Set.of(
            "attributes",
            "Id",
            "IsDeleted",
            "OwnerId",
            "CreatedDate",
            "CreatedById",
            "LastModifiedDate",
            "LastModifiedById",
            "SystemModstamp");

    static ExpectedRecord of(JsonNode json) {
        Map<String, JsonNode> fields = new TreeMap<>();
        json.path("fields").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return new ExpectedRecord(
                json.required("object").asText(),
                json.required("key").asText(),
                json.required("value").asText(),
                json.path("exists").asBoolean(true),
                fields);
    }

    void isIn(TestOrg org) {
        Optional<JsonNode> record = org.record(object, keyField, key);
        if (!exists) {
            assertThat(record).as("%s %s", object, key).isEmpty();
            return;
        }
        assertThat(record).as("%s %s", object, key).isPresent();
        assertThat(actual(record.get())).as("%s %s", object, key).isEqualTo(expected(org, record.get()));
    }

    private Map<String, Object> actual(JsonNode record) {
        Map<String, Object> actual = new TreeMap<>();
        record.properties().stream()
                .filter(field -> !OF_THE_ORG.contains(field.getKey()))
                .filter(field -> !field.getKey().endsWith("Address"))
                .filter(field -> !(field.getKey().equals("Name")
                        && !record.path("LastName").isMissingNode()))
                .filter(field -> !field.getKey().equals(keyField))
                .filter(field -> !field.getValue().isNull())
                .filter(field ->
                        !(field.getValue().isBoolean() && !field.getValue().booleanValue()))
                .forEach(field -> actual.put(field.getKey(), comparable(field.getValue())));
        return actual;
    }

    private Map<String, Object> expected(TestOrg org, JsonNode record) {
        Map<String, Object> expected = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (value.isObject()) {
                expected.put(lookupField(name), parentId(org, name, value));
            } else if (value.asText().equals(ANY) && !record.path(name).isNull()) {
                expected.put(name, comparable(record.path(name)));
            } else if (value.asText().equals(NOW)) {
                expected.put(name, recent(name, record.path(name)));
            } else if (!value.isNull() && !(value.isBoolean() && !value.booleanValue())) {
                expected.put(name, comparable(value));
            }
        });
        return expected;
    }

    private static String lookupField(String relationship) {
        return relationship.endsWith("__r") ? relationship.replaceFirst("r$", "c") : relationship + "Id";
    }

    private static String parentId(TestOrg org, String relationship, JsonNode parentKey) {
        String object =
                relationship.startsWith("Account") ? "Account" : "Pivotal_" + relationship.replace("__r", "__c");
        Map.Entry<String, JsonNode> parent = parentKey.properties().iterator().next();
        return org.record(object, parent.getKey(), parent.getValue().asText())
                .orElseThrow(() -> new AssertionError("There is no " + object + " " + parent))
                .path("Id")
                .asText();
    }

    /** The very value when it is a time of just now. */
    private static Object recent(String name, JsonNode value) {
        assertThat(comparable(value)).as(name).isInstanceOf(Instant.class);
        Instant now = Instant.now();
        assertThat((Instant) comparable(value)).as(name).isBetween(now.minus(RECENT), now.plusSeconds(1));
        return comparable(value);
    }

    private static Object comparable(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue().stripTrailingZeros();
        }
        return value.isBoolean() ? (Object) value.booleanValue() : timeOrText(value.asText());
    }

    /** Salesforce keeps whole seconds. */
    private static Object timeOrText(String text) {
        for (DateTimeFormatter format :
                new DateTimeFormatter[] {SALESFORCE_TIME, DateTimeFormatter.ISO_OFFSET_DATE_TIME}) {
            try {
                return OffsetDateTime.parse(text, format).toInstant().truncatedTo(ChronoUnit.SECONDS);
            } catch (DateTimeException notATime) {
                // compared as text
            }
        }
        return text;
    }
}
