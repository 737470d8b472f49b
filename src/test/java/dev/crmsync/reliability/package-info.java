/**
 * Proof that delivery is correct under crashes: the real jar and the sandbox as processes of their own, killed, paused
 * and cut off, and afterwards the invariants of the design checked against the database and the sandbox's journal.
 */
package dev.crmsync.reliability;
