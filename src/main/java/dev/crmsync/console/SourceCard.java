package dev.crmsync.console;

import dev.crmsync.inbox.Pause;
import java.time.Instant;

/**
 * One source as the overview shows it.
 *
 * @param oldestPending since when its oldest event waits, or null
 * @param oldest how long that is, in words, or null
 * @param pause what holds it back, or null
 * @param delivered whether a running route delivers its events
 */
public record SourceCard(
        String source,
        Chart chart,
        long pending,
        Instant oldestPending,
        String oldest,
        long dead,
        Pause pause,
        boolean delivered) {}
