package dev.crmsync.check;

import java.util.List;

/**
 * A field of an object of the org.
 *
 * @param name API name
 * @param length greatest number of characters of a text, 0 for other kinds
 * @param writable whether records can be created and updated with it
 * @param required whether a new record needs a value for it
 * @param externalId whether an upsert may name it
 * @param caseSensitive whether it tells upper from lower case when records are found by it
 * @param relation the name under which a row carries the parent, or null for fields that are no reference
 * @param parents the objects that a reference leads to
 */
public record OrgField(
        String name,
        Kind kind,
        int length,
        boolean writable,
        boolean required,
        boolean externalId,
        boolean caseSensitive,
        String relation,
        List<String> parents) {

    /** What a field takes. */
    public enum Kind {
        TEXT,
        EMAIL,
        CHECKBOX,
        NUMBER,
        DATE,
        DATETIME,
        ID,
        OTHER;

        /** The kind of a field of that type as a describe answer names it, such as {@code picklist}. */
        public static Kind ofDescribed(String type) {
            return switch (type) {
                case "string", "textarea", "phone", "url", "picklist", "multipicklist", "combobox", "encryptedstring" ->
                    TEXT;
                case "email" -> EMAIL;
                case "boolean" -> CHECKBOX;
                case "int", "long", "double", "currency", "percent" -> NUMBER;
                case "date" -> DATE;
                case "datetime" -> DATETIME;
                case "id", "reference" -> ID;
                default -> OTHER;
            };
        }

        boolean isText() {
            return this == TEXT || this == EMAIL;
        }
    }

    public OrgField {
        parents = List.copyOf(parents);
    }
}
