package dev.crmsync.sandbox.schema;

import java.util.Optional;

/**
 * A rule that refuses a write when its condition holds.
 *
 * @param errorField the field that the error is attached to; empty means the whole record
 */
public record ValidationRule(
        String name, boolean active, String errorConditionFormula, String errorMessage, Optional<String> errorField) {}
