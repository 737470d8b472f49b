package dev.crmsync.cli;

import dev.crmsync.check.OrgField;
import dev.crmsync.check.OrgObject;
import dev.crmsync.check.OrgSchema;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import dev.crmsync.sandbox.schema.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What the org will look like once the metadata package is deployed. */
final class PackagedSchema implements OrgSchema {

    private final Schema schema;

    /** @param furtherPackages packages in source format deployed besides ours */
    PackagedSchema(List<Path> furtherPackages) {
        schema = Schema.deployed(furtherPackages);
    }

    @Override
    public Optional<OrgObject> object(String name) {
        return schema.type(name).map(PackagedSchema::object);
    }

    private static OrgObject object(SObjectType type) {
        return new OrgObject(
                type.name(),
                StreamSupport.stream(type.fields().spliterator(), false)
                        .map(PackagedSchema::field)
                        .toList());
    }

    private static OrgField field(Field field) {
        boolean writable = field.access().createable() && field.access().updateable();
        return new OrgField(
                field.name(),
                OrgField.Kind.ofDescribed(field.type().wireName()),
                field.length(),
                writable,
                writable && field.access().required() && field.defaultValue().isEmpty(),
                field.key().externalId(),
                field.key().caseSensitive(),
                field.reference().map(Field.Reference::relationshipName).orElse(null),
                field.reference().map(Field.Reference::to).orElse(List.of()));
    }
}
