package dev.crmsync.sandbox.schema;

import dev.crmsync.sandbox.schema.Field.Access;
import dev.crmsync.sandbox.schema.Field.Key;
import dev.crmsync.sandbox.schema.Field.Picklist;
import dev.crmsync.sandbox.schema.Field.Reference;
import java.util.List;
import java.util.Optional;

/** Reads a {@code CustomField} metadata element. */
final class CustomField {
    private CustomField() {}

    static Field read(MetadataXml xml) {
        String name = xml.required("fullName");
        FieldType type = type(name, xml.required("type"));
        return new Field(
                name,
                xml.required("label"),
                type,
                length(type, xml),
                xml.number("precision", 0),
                xml.number("scale", 0),
                new Key(xml.flag("externalId"), xml.flag("unique"), xml.flag("caseSensitive"), xml.flag("externalId")),
                new Access(true, true, xml.flag("required")),
                type == FieldType.REFERENCE ? Optional.of(reference(name, xml)) : Optional.empty(),
                xml.child("valueSet").map(CustomField::picklist).orElse(Picklist.NONE),
                type == FieldType.BOOLEAN ? Optional.of(xml.flag("defaultValue")) : Optional.empty(),
                false,
                List.of());
    }

    private static FieldType type(String name, String metadataType) {
        return switch (metadataType) {
            case "Text" -> FieldType.STRING;
            case "TextArea", "LongTextArea" -> FieldType.TEXTAREA;
            case "Email" -> FieldType.EMAIL;
            case "Phone" -> FieldType.PHONE;
            case "Url" -> FieldType.URL;
            case "Picklist" -> FieldType.PICKLIST;
            case "Checkbox" -> FieldType.BOOLEAN;
            case "Number" -> FieldType.DOUBLE;
            case "Currency" -> FieldType.CURRENCY;
            case "Percent" -> FieldType.PERCENT;
            case "Date" -> FieldType.DATE;
            case "DateTime" -> FieldType.DATETIME;
            case "Lookup", "MasterDetail" -> FieldType.REFERENCE;
            default ->
                throw new IllegalArgumentException("Field " + name + " has type " + metadataType
                        + ", which the sandbox does not know: use a text, number, date, checkbox, picklist or lookup");
        };
    }

    /** Types whose length the metadata leaves open have one that Salesforce fixes. */
    private static int length(FieldType type, MetadataXml xml) {
        return switch (type) {
            case EMAIL -> 80;
            case PHONE -> 40;
            case URL, PICKLIST -> 255;
            case STRING, TEXTAREA -> xml.number("length", 255);
            default -> 0;
        };
    }

    private static Reference reference(String name, MetadataXml xml) {
        return new Reference(
                List.of(xml.required("referenceTo")),
                name.replaceAll("__c$", "__r"),
                xml.text("relationshipName").map(children -> children + "__r").orElse(""),
                "MasterDetail".equals(xml.required("type"))
                        || xml.text("deleteConstraint")
                                .filter("Cascade"::equals)
                                .isPresent());
    }

    private static Picklist picklist(MetadataXml valueSet) {
        List<String> values = valueSet.child("valueSetDefinition").stream()
                .flatMap(definition -> definition.children("value").stream())
                .map(value -> value.required("fullName"))
                .toList();
        return new Picklist(values, valueSet.flag("restricted"));
    }
}
