package dev.crmsync.sandbox.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A deployable package in source format. {@code manifest/package.xml} is its table of contents: what the manifest does
 * not name is not deployed, and so not read.
 */
final class MetadataPackage {
    private static final String BASE = "force-app/main/default/";

    private final MetadataSource source;
    private final Map<String, List<String>> members = new LinkedHashMap<>();

    MetadataPackage(MetadataSource source) {
        this.source = source;
        for (MetadataXml types : source.xml("manifest/package.xml").children("types")) {
            List<String> names = members.computeIfAbsent(types.required("name"), k -> new ArrayList<>());
            types.children("members").forEach(member -> names.add(member.text()));
        }
    }

    /** Custom objects in the order of the manifest: definition by name. */
    Map<String, MetadataXml> customObjects() {
        Map<String, MetadataXml> objects = new LinkedHashMap<>();
        for (String name : members.getOrDefault("CustomObject", List.of())) {
            objects.put(name, source.xml(BASE + "objects/" + name + "/" + name + ".object-meta.xml"));
        }
        return objects;
    }

    /** The fields of one object that its permission sets let the integration user see. */
    List<Field> visibleFields(String object) {
        Set<String> permitted = permissionSets().stream()
                .filter(PermissionSet::ofIntegrationUser)
                .flatMap(set -> set.fields().stream())
                .collect(Collectors.toSet());
        List<Field> fields = new ArrayList<>();
        for (Member member : membersOf("CustomField", object)) {
            Field field = CustomField.read(
                    source.xml(BASE + "objects/" + object + "/fields/" + member.name() + ".field-meta.xml"));
            if (field.access().required() || permitted.contains(object + "." + field.name())) {
                fields.add(field);
            }
        }
        return fields;
    }

    List<ValidationRule> validationRules(String object) {
        return membersOf("ValidationRule", object).stream()
                .map(member -> source.xml(
                        BASE + "objects/" + object + "/validationRules/" + member.name() + ".validationRule-meta.xml"))
                .map(xml -> new ValidationRule(
                        xml.required("fullName"),
                        xml.flag("active"),
                        xml.required("errorConditionFormula"),
                        xml.required("errorMessage"),
                        xml.text("errorDisplayField")))
                .toList();
    }

    /** Names of the custom permissions that it defines. */
    List<String> customPermissions() {
        return members.getOrDefault("CustomPermission", List.of());
    }

    List<PermissionSet> permissionSets() {
        return members.getOrDefault("PermissionSet", List.of()).stream()
                .map(name -> PermissionSet.read(
                        name, source.xml(BASE + "permissionsets/" + name + ".permissionset-meta.xml")))
                .toList();
    }

    private List<Member> membersOf(String type, String object) {
        return members.getOrDefault(type, List.of()).stream()
                .map(Member::of)
                .flatMap(Optional::stream)
                .filter(member -> member.object().equals(object))
                .toList();
    }

    private record Member(String object, String name) {
        static Optional<Member> of(String dotted) {
            int dot = dotted.indexOf('.');
            return dot < 0
                    ? Optional.empty()
                    : Optional.of(new Member(dotted.substring(0, dot), dotted.substring(dot + 1)));
        }
    }
}
