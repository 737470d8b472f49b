package dev.crmsync.event;

import java.time.Instant;

/** The right to write a subject's records, until another replica may take over. */
@FunctionalInterface
public interface Lease {

    /** A lease that never ends, for upserts that belong to no subject. */
    Lease UNLIMITED = now -> true;

    boolean isHeldAt(Instant now);
}
