package dev.crmsync.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.sandbox.schema.Field.Access;
import dev.crmsync.sandbox.schema.Field.Key;
import dev.crmsync.sandbox.schema.Field.Picklist;
import dev.crmsync.sandbox.schema.Field.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects and fields that every org has, with the lengths and types that Salesforce gives them. */
final class StandardObjects {
    private static final String RESOURCE = "/sandbox/standard-objects.json";
    private static final String FIELDS_OF_EVERY_CUSTOM_OBJECT = "CustomObject";

    private final JsonNode objects;

    StandardObjects() {
        try (InputStream in = StandardObjects.class.getResourceAsStream(RESOURCE)) {
            objects = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE, e);
        }
    }

    /** Names of the standard objects. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        objects.fieldNames().forEachRemaining(names::add);
        names.remove(FIELDS_OF_EVERY_CUSTOM_OBJECT);
        return names;
    }

    JsonNode object(String name) {
        return objects.required(name);
    }

    List<Field> fields(String object) {
        List<Field> fields = new ArrayList<>();
        objects.required(object).required("fields").forEach(field -> fields.add(read(field)));
        return fields;
    }

    List<Field> fieldsOfEveryCustomObject() {
        return fields(FIELDS_OF_EVERY_CUSTOM_OBJECT);
    }

    private static Field read(JsonNode json) {
        FieldType type = FieldType.of(json.required("type").asText());
        boolean idLookup = json.path("idLookup").asBoolean(false);
        return new Field(
                json.required("name").asText(),
                json.required("label").asText(),
                type,
                json.path("length").asInt(0),
                json.path("precision").asInt(json.path("digits").asInt(0)),
                json.path("scale").asInt(0),
                idLookup || type == FieldType.ID ? new Key(false, false, false, true) : Key.NONE,
                new Access(
                        json.path("createable").asBoolean(true),
                        json.path("updateable").asBoolean(true),
                        json.path("required").asBoolean(false)),
                type == FieldType.REFERENCE ? Optional.of(reference(json)) : Optional.empty(),
                json.has("values")
                        ? new Picklist(
                                texts(json.path("values")),
                                json.path("restricted").asBoolean(false))
                        : Picklist.NONE,
                json.has("default") ? Optional.of(json.path("default").asBoolean()) : Optional.empty(),
                json.path("nameField").asBoolean(false),
                texts(json.path("parts")));
    }

    private static Reference reference(JsonNode json) {
        return new Reference(
                texts(json.required("referenceTo")),
                json.required("relationshipName").asText(),
                "",
                "cascade".equals(json.path("onParentDelete").asText()));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
