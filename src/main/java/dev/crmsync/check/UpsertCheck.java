package dev.crmsync.check;

import dev.crmsync.check.Finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Holds one upsert against the schema. */
final class UpsertCheck {

    private static final String ATTRIBUTES = "attributes";

    private final OrgSchema schema;
    private final MappingTrial trial;
    private final Upserting upsert;
    private final Consumer<Finding> findings;

    UpsertCheck(OrgSchema schema, MappingTrial trial, Upserting upsert, Consumer<Finding> findings) {
        this.schema = schema;
        this.trial = trial;
        this.upsert = upsert;
        this.findings = findings;
    }

    void run() {
        Optional<OrgObject> object = schema.object(upsert.object());
        if (object.isEmpty()) {
            report(
                    Severity.ERROR,
                    "",
                    "the org has no object " + upsert.object()
                            + ", or its permission set does not show it: deploy it, or correct the name");
            return;
        }
        key(object.get());
        Optional<Shape.Members> written = written();
        written.ifPresent(members -> fields(object.get(), members));
    }

    private void key(OrgObject object) {
        if (upsert.key() == null) {
            report(Severity.ERROR, "", "it lacks the parameter key: name the external id field");
            return;
        }
        Optional<OrgField> key = object.field(upsert.key());
        if (key.isEmpty()) {
            report(
                    Severity.ERROR,
                    upsert.key(),
                    "the key is no field of " + object.name() + didYouMean(object, upsert.key()));
        } else if (!key.get().externalId()) {
            report(
                    Severity.ERROR,
                    upsert.key(),
                    "the key is no external id: tick External ID and Unique, or name a field that is one");
        } else if (!key.get().caseSensitive()) {
            report(
                    Severity.ERROR,
                    upsert.key(),
                    "the key does not tell upper from lower case: two ids that differ in it would share a record;"
                            + " make it unique and case sensitive");
        }
    }

    /** All that the mappings can write; empty when none can be read. */
    private Optional<Shape.Members> written() {
        if (upsert.mappings().isEmpty() && upsert.unread().isEmpty()) {
            unreadable("the route does not make what it sends: set the body in the same route");
        }
        upsert.unread()
                .forEach(language -> unreadable("what it sends is made by " + language + ", only jq can be read"));
        Shape.Members all = null;
        for (String jq : upsert.mappings()) {
            Mapping mapping = Mapping.read(jq);
            mapping.problem().ifPresent(this::unreadable);
            mapping.error().ifPresent(error -> report(Severity.ERROR, "", error));
            if (mapping.members() != null) {
                tried(jq, mapping.members());
                all = all == null ? mapping.members() : all.or(mapping.members());
            }
        }
        return Optional.ofNullable(all);
    }

    private void fields(OrgObject object, Shape.Members written) {
        written.values().forEach((name, shapes) -> {
            if (!name.equals(ATTRIBUTES)) {
                field(object, name, shapes);
            }
        });
        if (upsert.key() != null && written.complete()) {
            keyValue(written.values().get(upsert.key()));
        }
        if (!upsert.onlyExisting() && written.complete()) {
            object.fields().stream()
                    .filter(field -> field.required() && !written.values().containsKey(field.name()))
                    .forEach(field -> report(
                            Severity.ERROR,
                            field.name(),
                            "required, but the mapping does not set it: no record can be created"));
        }
    }

    private void keyValue(Set<Shape> shapes) {
        if (shapes == null) {
            report(Severity.ERROR, upsert.key(), "the key is missing from the mapping: set it with key(.id)");
        } else if (shapes.stream().anyMatch(shape -> shape instanceof Shape.Absent || Operators.isNull(shape))) {
            report(Severity.ERROR, upsert.key(), "the mapping can leave the key out: every record needs one");
        } else {
            glued(upsert.key(), "key(.id)", shapes);
        }
    }

    private void glued(String path, String remedy, Set<Shape> shapes) {
        if (shapes.contains(Shape.Text.UNBOUNDED)) {
            report(
                    Severity.WARNING,
                    path,
                    "the key is glued together, which makes one key of all events without an id: use " + remedy);
        }
    }

    /** What is never there in any known event is most likely misspelt. */
    private void tried(String jq, Shape.Members members) {
        Optional<MappingTrial.Result> result = trial.run(upsert.file(), upsert.route(), jq);
        result.flatMap(MappingTrial.Result::refusal)
                .ifPresent(refusal -> report(
                        Severity.WARNING,
                        "",
                        "no sample of the source gets a key: " + refusal + "; correct the name, or ignore this if no"
                                + " sample is of the event type"));
        result.filter(tried -> tried.refusal().isEmpty())
                .ifPresent(tried -> members.values().forEach((name, shapes) -> {
                    if (isReference(shapes) && !tried.filled().contains(name)) {
                        report(
                                Severity.WARNING,
                                name,
                                "no sample of the source fills the relation: correct the name of the member in ref(…)");
                    }
                }));
    }

    private static boolean isReference(Set<Shape> shapes) {
        return shapes.stream()
                .anyMatch(shape -> shape instanceof Shape.Members relation
                        && relation.values().values().stream().anyMatch(Set.of(new Shape.Key())::equals));
    }

    private void field(OrgObject object, String name, Set<Shape> shapes) {
        Optional<OrgField> field = object.field(name);
        if (field.isEmpty()) {
            relation(object, name, shapes);
        } else if (!field.get().writable()) {
            report(Severity.ERROR, name, "cannot be written: it is a formula, automatic, or made from other fields");
        } else {
            new ValueCheck(
                            field.get(),
                            field.get().externalId(),
                            (severity, message) -> report(severity, name, message))
                    .check(shapes);
        }
    }

    private void relation(OrgObject object, String name, Set<Shape> shapes) {
        Optional<OrgField> relation = object.relation(name);
        if (relation.isEmpty()) {
            boolean meantAsRelation = shapes.stream().anyMatch(Shape.Members.class::isInstance);
            report(
                    Severity.ERROR,
                    name,
                    object.name() + " has no such " + (meantAsRelation ? "relation" : "field")
                            + didYouMean(object, name));
            return;
        }
        for (Shape shape : shapes) {
            if (shape instanceof Shape.Members parent) {
                parent(relation.get(), name, parent);
            } else if (shape instanceof Shape.FromSource) {
                report(Severity.WARNING, name, "what it relates to cannot be read from the mapping");
            } else if (!(shape instanceof Shape.Absent)) {
                report(
                        Severity.ERROR,
                        name,
                        "a relation takes an object with the parent's external id, such as {Pivotal_Key__c: …}");
            }
        }
    }

    private void parent(OrgField relation, String name, Shape.Members parent) {
        List<OrgObject> parents = relation.parents().stream()
                .flatMap(each -> schema.object(each).stream())
                .toList();
        for (Map.Entry<String, Set<Shape>> member : parent.values().entrySet()) {
            if (member.getKey().equals(ATTRIBUTES)) {
                continue;
            }
            String path = name + "." + member.getKey();
            Optional<OrgField> key = parents.stream()
                    .flatMap(each -> each.field(member.getKey()).stream())
                    .findFirst();
            if (key.isEmpty()) {
                report(
                        Severity.ERROR,
                        path,
                        String.join(" or ", relation.parents()) + " has no such field"
                                + parents.stream()
                                        .findFirst()
                                        .map(each -> didYouMean(each, member.getKey()))
                                        .orElse(""));
            } else if (!key.get().externalId()) {
                report(Severity.ERROR, path, "no external id of " + String.join(" or ", relation.parents()));
            } else {
                glued(path, "ref(\"" + member.getKey() + "\"; .id)", member.getValue());
            }
        }
    }

    private static String didYouMean(OrgObject object, String written) {
        List<String> names = object.fields().stream()
                .flatMap(field ->
                        field.relation() == null ? Stream.of(field.name()) : Stream.of(field.name(), field.relation()))
                .toList();
        return Names.didYouMean(written, names, "deploy it and show it in the permission set, or correct the name");
    }

    private void unreadable(String why) {
        report(Severity.WARNING, "", "not checked: " + why);
    }

    private void report(Severity severity, String field, String message) {
        findings.accept(new Finding(severity, upsert.file(), upsert.route(), upsert.object(), field, message));
    }
}
