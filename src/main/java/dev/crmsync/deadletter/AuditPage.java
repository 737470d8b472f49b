package dev.crmsync.deadletter;

import java.util.List;

/**
 * A part of the audit, the newest acts first.
 *
 * @param next where to go on, or null at the end
 */
public record AuditPage(List<AuditEntry> entries, Long next) {}
