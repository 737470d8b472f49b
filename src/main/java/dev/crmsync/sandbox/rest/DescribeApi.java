package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.List;

/** What the integration user can see of the schema. */
final class DescribeApi {
    private final Org org;

    DescribeApi(Org org) {
        this.org = org;
    }

    /** All objects. */
    ApiResponse global(Call call) {
        ObjectNode json = Json.object().put("encoding", "UTF-8").put("maxBatchSize", 200);
        ArrayNode objects = json.putArray("sobjects");
        org.schema().types().forEach(type -> objects.add(summary(type, call.version())));
        return ApiResponse.json(200, json);
    }

    /** One object in few words. */
    ApiResponse basic(Call call) {
        SObjectType type = Types.of(org.schema(), call.segment(1));
        ObjectNode json = Json.object();
        json.set("objectDescribe", summary(type, call.version()));
        json.putArray("recentItems");
        return ApiResponse.json(200, json);
    }

    /** One object with all its fields. */
    ApiResponse object(Call call) {
        SObjectType type = Types.of(org.schema(), call.segment(1));
        ObjectNode json = summary(type, call.version());
        ArrayNode fields = json.putArray("fields");
        type.fields().forEach(field -> fields.add(FieldJson.of(type, field)));
        ArrayNode children = json.putArray("childRelationships");
        for (SObjectType child : org.schema().types()) {
            for (Field field : child.fields()) {
                field.reference()
                        .filter(reference -> reference.to().contains(type.name()))
                        .ifPresent(reference -> children.addObject()
                                .put("cascadeDelete", reference.cascadeDelete())
                                .put("childSObject", child.name())
                                .put("deprecatedAndHidden", false)
                                .put("field", field.name())
                                .put("relationshipName", reference.children().isEmpty() ? null : reference.children())
                                .put("restrictedDelete", false));
            }
        }
        ObjectNode recordType = json.putArray("recordTypeInfos").addObject();
        recordType.put("active", true).put("available", true).put("defaultRecordTypeMapping", true);
        recordType
                .put("developerName", "Master")
                .put("master", true)
                .put("name", "Master")
                .put("recordTypeId", "012000000000000AAA")
                .putObject("urls");
        for (String empty : List.of("actionOverrides", "namedLayoutInfos", "supportedScopes")) {
            json.putArray(empty);
        }
        return ApiResponse.json(200, json);
    }

    private static ObjectNode summary(SObjectType type, int version) {
        boolean writable = !type.readOnly();
        ObjectNode json = Json.object();
        json.put("name", type.name())
                .put("label", type.label())
                .put("labelPlural", type.pluralLabel())
                .put("keyPrefix", type.keyPrefix())
                .put("custom", type.custom());
        for (String ability :
                List.of("createable", "updateable", "deletable", "undeletable", "mergeable", "replicateable")) {
            json.put(ability, writable);
        }
        for (String always : List.of("queryable", "retrieveable", "searchable", "layoutable", "triggerable")) {
            json.put(always, true);
        }
        for (String never : List.of(
                "activateable",
                "customSetting",
                "deprecatedAndHidden",
                "feedEnabled",
                "hasSubtypes",
                "isSubtype",
                "mruEnabled")) {
            json.put(never, false);
        }
        String url = "/services/data/v" + version + ".0/sobjects/" + type.name();
        json.putObject("urls")
                .put("sobject", url)
                .put("describe", url + "/describe")
                .put("rowTemplate", url + "/{ID}");
        return json;
    }
}
