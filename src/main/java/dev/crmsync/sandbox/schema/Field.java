package dev.crmsync.sandbox.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One field of an object.
 *
 * @param name API name, for example {@code Pivotal_Key__c}
 * @param label what people see; also quoted by most error texts
 * @param length greatest number of characters of a text; 0 for other types
 * @param precision greatest number of digits of a number, before and behind the point together
 * @param scale digits behind the point; further ones are rounded away
 * @param key whether and how the field identifies records
 * @param access what a client may do with it
 * @param reference where a reference leads; empty for other types
 * @param picklist the values of a picklist; {@link Picklist#NONE} for other types
 * @param defaultValue the value of a new record that gives none
 * @param nameField whether this is the record's name
 * @param parts for a field that is put together from others (a full name, an address), their names
 */
public record Field(
        String name,
        String label,
        FieldType type,
        int length,
        int precision,
        int scale,
        Key key,
        Access access,
        Optional<Reference> reference,
        Picklist picklist,
        Optional<Object> defaultValue,
        boolean nameField,
        List<String> parts) {

    public Field {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A field needs a name");
        }
        Objects.requireNonNull(type, "type");
        parts = List.copyOf(parts);
    }

    /** How a field identifies records. */
    public record Key(boolean externalId, boolean unique, boolean caseSensitive, boolean idLookup) {
        /** A field that identifies nothing. */
        public static final Key NONE = new Key(false, false, false, false);

        /** Whether an upsert may name this field. */
        public boolean usableForUpsert() {
            return externalId || idLookup;
        }
    }

    /** What a client may do with a field; {@code required} means that every record must have a value. */
    public record Access(boolean createable, boolean updateable, boolean required) {}

    /**
     * Where a reference field leads.
     *
     * @param to names of the objects it can point to
     * @param relationshipName the name under which a row may carry the parent, for example {@code Account}
     * @param children the name of the way back, as seen from the parent; may be empty
     * @param cascadeDelete whether deleting the parent deletes this record too; otherwise the reference is cleared
     */
    public record Reference(List<String> to, String relationshipName, String children, boolean cascadeDelete) {
        public Reference {
            to = List.copyOf(to);
        }
    }

    /** The values of a picklist; others are refused only when it is {@code restricted}. */
    public record Picklist(List<String> values, boolean restricted) {
        /** The picklist of a field that is none. */
        public static final Picklist NONE = new Picklist(List.of(), false);

        public Picklist {
            values = List.copyOf(values);
        }
    }

    /** Cheap, because rows are maps by field; fields that differ in more than their name never meet in one map. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Whether the metadata package, not Salesforce, defines this field. */
    public boolean custom() {
        return name.endsWith("__c");
    }

    /** Whether its value is put together from other fields. */
    public boolean compound() {
        return !parts.isEmpty();
    }

    /** Whether records are looked up by it often enough to keep an index. */
    public boolean indexed() {
        return key.externalId() || key.unique() || key.idLookup();
    }
}
