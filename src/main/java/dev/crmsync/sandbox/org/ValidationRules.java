package dev.crmsync.sandbox.org;

import dev.crmsync.sandbox.formula.Formula;
import dev.crmsync.sandbox.schema.SObjectType;
import dev.crmsync.sandbox.schema.Schema;
import dev.crmsync.sandbox.schema.ValidationRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The validation rules that are active. */
final class ValidationRules {
    private final Map<SObjectType, List<Rule>> rules = new HashMap<>();

    private record Rule(ValidationRule definition, Formula condition) {}

    /**
     * Reads the rules that are deployed active or switched on, without those switched off; named as {@code Object.Rule}.
     *
     * @throws IllegalArgumentException for a name that no rule has, one switched both on and off, and a formula that
     *     cannot be read
     */
    ValidationRules(Schema schema, Set<String> switchedOn, Set<String> switchedOff) {
        List<String> known = new ArrayList<>();
        for (SObjectType type : schema.types()) {
            for (ValidationRule rule : type.validationRules()) {
                String name = type.name() + "." + rule.name();
                known.add(name);
                if ((rule.active() || switchedOn.contains(name)) && !switchedOff.contains(name)) {
                    rules.computeIfAbsent(type, k -> new ArrayList<>())
                            .add(new Rule(
                                    rule, Formula.parse(rule.errorConditionFormula(), schema.customPermissions())));
                }
            }
        }
        refuseUnknown("activeRules", switchedOn, known);
        refuseUnknown("inactiveRules", switchedOff, known);
        switchedOn.stream().filter(switchedOff::contains).findFirst().ifPresent(both -> {
            throw new IllegalArgumentException("activeRules and inactiveRules both name " + both + ": use one of them");
        });
    }

    private static void refuseUnknown(String setting, Set<String> names, List<String> known) {
        if (!known.containsAll(names)) {
            throw new IllegalArgumentException(
                    setting + " " + names + " names a rule that does not exist: use some of " + known);
        }
    }

    /**
     * Refuses a version of a record that a rule forbids.
     *
     * @param before the version it replaces; null for a new record
     * @param customPermissions those of who saves it
     */
    void check(SObjectRecord after, SObjectRecord before, Set<String> customPermissions) {
        for (Rule rule : rules.getOrDefault(after.type(), List.of())) {
            if (rule.condition().holds(new Saving(after, before, customPermissions))) {
                throw ApiException.of(
                        ErrorCode.FIELD_CUSTOM_VALIDATION_EXCEPTION,
                        rule.definition().errorMessage(),
                        rule.definition().errorField().stream().toArray(String[]::new));
            }
        }
    }

    private record Saving(SObjectRecord after, SObjectRecord before, Set<String> customPermissions)
            implements Formula.Record {
        @Override
        public Object value(String field) {
            return after.get(field);
        }

        @Override
        public Object priorValue(String field) {
            return before == null ? after.get(field) : before.get(field);
        }

        @Override
        public boolean isNew() {
            return before == null;
        }

        @Override
        public boolean permitted(String customPermission) {
            return customPermissions.contains(customPermission);
        }
    }
}
