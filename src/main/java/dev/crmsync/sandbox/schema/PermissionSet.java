package dev.crmsync.sandbox.schema;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the users it is assigned to may do besides what everybody may.
 *
 * @param fields custom fields that they may read and edit, as {@code Object.Field}
 * @param customPermissions custom permissions that it grants
 */
record PermissionSet(String name, Set<String> fields, Set<String> customPermissions) {

    /** The set of the package that people are assigned, and the integration user is not. */
    private static final String OF_PEOPLE = "Crm_Sync_Correct_Records";

    PermissionSet {
        fields = Set.copyOf(fields);
        customPermissions = Set.copyOf(customPermissions);
    }

    static PermissionSet read(String name, MetadataXml xml) {
        return new PermissionSet(
                name,
                xml.children("fieldPermissions").stream()
                        .filter(permission -> permission.flag("readable") && permission.flag("editable"))
                        .map(permission -> permission.required("field"))
                        .collect(Collectors.toSet()),
                xml.children("customPermissions").stream()
                        .filter(permission -> permission.flag("enabled"))
                        .map(permission -> permission.required("name"))
                        .collect(Collectors.toSet()));
    }

    /** Whether the integration user is assigned it. */
    boolean ofIntegrationUser() {
        return !name.equals(OF_PEOPLE);
    }
}
