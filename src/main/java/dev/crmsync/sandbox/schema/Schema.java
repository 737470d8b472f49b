package dev.crmsync.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.schema.Field.Access;
import dev.crmsync.sandbox.schema.Field.Key;
import dev.crmsync.sandbox.schema.Field.Picklist;
import dev.crmsync.sandbox.schema.SObjectType.Labels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All objects of an org as its integration user sees them: Salesforce's own, and those of the metadata package as far
 * as the package's permission set covers them.
 */
public final class Schema {
    private final Map<String, SObjectType> types = new LinkedHashMap<>();
    private final Map<String, SObjectType> byLowerCaseName = new HashMap<>();
    private final Map<String, SObjectType> byPrefix = new HashMap<>();

    private final Set<String> customPermissions;
    private final Set<String> ofIntegrationUser;

    private Schema(Collection<SObjectType> types, List<MetadataPackage> packages) {
        this.customPermissions = packages.stream()
                .flatMap(metadata -> metadata.customPermissions().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.ofIntegrationUser = packages.stream()
                .flatMap(metadata -> metadata.permissionSets().stream())
                .filter(PermissionSet::ofIntegrationUser)
                .flatMap(set -> set.customPermissions().stream())
                .collect(Collectors.toUnmodifiableSet());
        for (SObjectType type : types) {
            this.types.put(type.name(), type);
            byLowerCaseName.put(type.name().toLowerCase(Locale.ROOT), type);
            byPrefix.put(type.keyPrefix(), type);
        }
    }

    /** An org to which the packed metadata package has been deployed. */
    public static Schema deployed() {
        return deployed(List.of());
    }

    /** As {@link #deployed()}, with further packages in source format, each the directory that holds its manifest. */
    public static Schema deployed(List<Path> furtherPackages) {
        List<MetadataPackage> packages = new ArrayList<>();
        packages.add(new MetadataPackage(MetadataSource.packaged()));
        furtherPackages.forEach(root -> packages.add(new MetadataPackage(MetadataSource.directory(root))));
        return of(packages);
    }

    /** An org with nothing deployed, which is also how a user without the permission set sees it. */
    public static Schema standardOnly() {
        return of(List.of());
    }

    /** The object of that name, whatever its case. */
    public Optional<SObjectType> type(String name) {
        SObjectType exact = types.get(name);
        return exact != null
                ? Optional.of(exact)
                : Optional.ofNullable(byLowerCaseName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The object that an id belongs to, by its first three characters. */
    public Optional<SObjectType> typeOfId(String id) {
        return id.length() < 3 ? Optional.empty() : Optional.ofNullable(byPrefix.get(id.substring(0, 3)));
    }

    /** All objects: standard ones first, then the package's in the order of its manifest. */
    public Collection<SObjectType> types() {
        return types.values();
    }

    /** All custom permissions that are deployed. */
    public Set<String> customPermissions() {
        return customPermissions;
    }

    /** Those that its permission sets grant to the integration user. */
    public Set<String> customPermissionsOfIntegrationUser() {
        return ofIntegrationUser;
    }

    private static Schema of(List<MetadataPackage> packages) {
        StandardObjects standard = new StandardObjects();
        List<SObjectType> types = new ArrayList<>();
        for (String name : standard.names()) {
            JsonNode object = standard.object(name);
            types.add(new SObjectType(
                    name,
                    new Labels(
                            object.required("label").asText(),
                            object.required("plural").asText()),
                    object.required("prefix").asText(),
                    object.path("readOnly").asBoolean(),
                    Optional.empty(),
                    with(standard.fields(name), packages, name),
                    rules(packages, name)));
        }
        int ordinal = 0;
        for (MetadataPackage metadata : packages) {
            for (Map.Entry<String, MetadataXml> object :
                    metadata.customObjects().entrySet()) {
                types.add(custom(object.getKey(), object.getValue(), ordinal++, standard, packages));
            }
        }
        return new Schema(types, packages);
    }

    private static SObjectType custom(
            String name, MetadataXml xml, int ordinal, StandardObjects standard, List<MetadataPackage> packages) {
        MetadataXml nameField = xml.child("nameField")
                .orElseThrow(() -> new IllegalArgumentException("Object " + name + " has no <nameField>"));
        Optional<String> autoNumber = nameField.text("displayFormat");
        List<Field> fields = new ArrayList<>();
        fields.add(nameField(nameField.required("label"), autoNumber.isPresent()));
        fields.addAll(standard.fieldsOfEveryCustomObject());
        return new SObjectType(
                name,
                new Labels(xml.required("label"), xml.required("pluralLabel")),
                "a" + String.format("%02d", ordinal),
                false,
                autoNumber,
                with(fields, packages, name),
                rules(packages, name));
    }

    private static Field nameField(String label, boolean automatic) {
        return new Field(
                "Name",
                label,
                FieldType.STRING,
                80,
                0,
                0,
                Key.NONE,
                new Access(!automatic, !automatic, false),
                Optional.empty(),
                Picklist.NONE,
                Optional.empty(),
                true,
                List.of());
    }

    private static List<Field> with(List<Field> fields, List<MetadataPackage> packages, String object) {
        List<Field> all = new ArrayList<>(fields);
        packages.forEach(metadata -> all.addAll(metadata.visibleFields(object)));
        return all;
    }

    private static List<ValidationRule> rules(List<MetadataPackage> packages, String object) {
        return packages.stream()
                .flatMap(metadata -> metadata.validationRules(object).stream())
                .toList();
    }
}
