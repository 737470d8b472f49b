package dev.crmsync.console;

import dev.crmsync.inbox.Pause;

/**
 * One source as the overview shows it.
 *
 * @param oldest how long its oldest event waits, or null
 * @param pause what holds it back, or null
 */
public record SourceCard(String source, Chart chart, long pending, String oldest, long dead, Pause pause) {}
