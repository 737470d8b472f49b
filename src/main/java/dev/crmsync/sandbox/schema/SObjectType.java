package dev.crmsync.sandbox.schema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One kind of record, with its fields. Names are found whatever their case, as in Salesforce. */
public final class SObjectType {
    private final String name;
    private final String label;
    private final String pluralLabel;
    private final String keyPrefix;
    private final boolean readOnly;
    private final Optional<String> autoNumberFormat;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, Field> byLowerCaseName = new HashMap<>();
    private final Map<String, Field> byRelationship = new HashMap<>();
    private final List<ValidationRule> validationRules;

    SObjectType(
            String name,
            Labels labels,
            String keyPrefix,
            boolean readOnly,
            Optional<String> autoNumberFormat,
            List<Field> fields,
            List<ValidationRule> validationRules) {
        this.name = name;
        this.label = labels.one();
        this.pluralLabel = labels.many();
        this.keyPrefix = keyPrefix;
        this.readOnly = readOnly;
        this.autoNumberFormat = autoNumberFormat;
        this.validationRules = List.copyOf(validationRules);
        for (Field field : fields) {
            this.fields.put(field.name(), field);
            byLowerCaseName.put(field.name().toLowerCase(Locale.ROOT), field);
            field.reference()
                    .ifPresent(r -> byRelationship.put(r.relationshipName().toLowerCase(Locale.ROOT), field));
        }
    }

    /** What people call one and several of these records. */
    record Labels(String one, String many) {}

    /** API name, for example {@code Account}. */
    public String name() {
        return name;
    }

    public String label() {
        return label;
    }

    public String pluralLabel() {
        return pluralLabel;
    }

    /** The three characters that every id of this object starts with. */
    public String keyPrefix() {
        return keyPrefix;
    }

    /** Whether clients may only read it. */
    public boolean readOnly() {
        return readOnly;
    }

    public boolean custom() {
        return name.endsWith("__c");
    }

    /** The pattern of its automatic name, such as <code>PT-{000000}</code>, when it has one. */
    public Optional<String> autoNumberFormat() {
        return autoNumberFormat;
    }

    /** All fields, standard ones first. */
    public Iterable<Field> fields() {
        return fields.values();
    }

    public Optional<Field> field(String anyCaseName) {
        Field exact = fields.get(anyCaseName);
        return exact != null
                ? Optional.of(exact)
                : Optional.ofNullable(byLowerCaseName.get(anyCaseName.toLowerCase(Locale.ROOT)));
    }

    /** The reference field whose parent goes by this name, for example {@code Account} for {@code AccountId}. */
    public Optional<Field> relation(String relationshipName) {
        return Optional.ofNullable(byRelationship.get(relationshipName.toLowerCase(Locale.ROOT)));
    }

    /** The field that names a record. */
    public Field nameField() {
        return fields.values().stream()
                .filter(Field::nameField)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Object " + name + " has no name field"));
    }

    /** Its validation rules, whether active or not. */
    public List<ValidationRule> validationRules() {
        return validationRules;
    }

    @Override
    public String toString() {
        return name;
    }
}
