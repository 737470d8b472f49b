package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.FieldType;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.List;

/** A field as a describe answer shows it. */
final class FieldJson {
    private static final int BYTES_PER_CHARACTER = 3;
    private static final int ID_LENGTH = 18;

    private FieldJson() {}

    static ObjectNode of(SObjectType type, Field field) {
        ObjectNode json = Json.object();
        json.put("name", field.name())
                .put("label", field.label())
                .put("type", field.type().wireName())
                .put("soapType", field.type().soapType());
        size(json, field);
        key(json, field);
        access(json, type, field);
        reference(json, field);
        ArrayNode values = json.putArray("picklistValues");
        for (String value : field.picklist().values()) {
            values.addObject()
                    .put("active", true)
                    .put("defaultValue", false)
                    .put("label", value)
                    .putNull("validFor")
                    .put("value", value);
        }
        json.put("restrictedPicklist", field.picklist().restricted());
        json.put("custom", field.custom())
                .put("nameField", field.nameField())
                .put("autoNumber", field.nameField() && type.autoNumberFormat().isPresent())
                .put("compoundFieldName", compound(type, field));
        field.defaultValue()
                .ifPresentOrElse(
                        value -> json.put("defaultValue", Boolean.TRUE.equals(value)),
                        () -> json.putNull("defaultValue"));
        for (String never : List.of(
                "aiPredictionField",
                "calculated",
                "dependentPicklist",
                "deprecatedAndHidden",
                "displayLocationInDecimal",
                "encrypted",
                "formulaTreatNullNumberAsZero",
                "highScaleNumber",
                "htmlFormatted",
                "namePointing",
                "polymorphicForeignKey",
                "queryByDistance",
                "searchPrefilterable",
                "writeRequiresMasterRead")) {
            json.put(never, false);
        }
        for (String absent : List.of(
                "calculatedFormula",
                "controllerName",
                "defaultValueFormula",
                "extraTypeInfo",
                "filteredLookupInfo",
                "inlineHelpText",
                "mask",
                "maskType",
                "referenceTargetField",
                "relationshipOrder")) {
            json.putNull(absent);
        }
        return json;
    }

    private static void size(ObjectNode json, Field field) {
        int length = field.type().isId() ? ID_LENGTH : field.length();
        boolean whole = field.type() == FieldType.INT;
        json.put("length", length)
                .put("byteLength", length * BYTES_PER_CHARACTER)
                .put("precision", whole ? 0 : field.precision())
                .put("scale", field.scale())
                .put("digits", whole ? field.precision() : 0);
    }

    private static void key(ObjectNode json, Field field) {
        json.put("externalId", field.key().externalId())
                .put("idLookup", field.key().idLookup())
                .put("unique", field.key().unique())
                .put("caseSensitive", field.key().caseSensitive());
    }

    private static void access(ObjectNode json, SObjectType type, Field field) {
        boolean longText = field.type() == FieldType.TEXTAREA && field.length() > 255;
        boolean plain = !longText && field.type() != FieldType.ADDRESS;
        json.put("createable", field.access().createable() && !type.readOnly())
                .put("updateable", field.access().updateable() && !type.readOnly())
                .put(
                        "nillable",
                        !field.access().required()
                                && field.defaultValue().isEmpty()
                                && !field.name().equals("Id"))
                .put(
                        "defaultedOnCreate",
                        field.defaultValue().isPresent() || field.name().equals("OwnerId"))
                .put(
                        "permissionable",
                        !field.access().required() && field.access().createable())
                .put("filterable", plain)
                .put("sortable", plain)
                .put("groupable", plain && !field.type().isDecimal() && field.type() != FieldType.DATETIME)
                .put("aggregatable", plain);
    }

    private static void reference(ObjectNode json, Field field) {
        ArrayNode referenceTo = json.putArray("referenceTo");
        json.putNull("relationshipName").put("cascadeDelete", false).put("restrictedDelete", false);
        field.reference().ifPresent(reference -> {
            reference.to().forEach(referenceTo::add);
            json.put("relationshipName", reference.relationshipName()).put("cascadeDelete", reference.cascadeDelete());
        });
    }

    private static String compound(SObjectType type, Field field) {
        for (Field other : type.fields()) {
            if (other.parts().contains(field.name())) {
                return other.name();
            }
        }
        return null;
    }
}
