/**
 * The durable store of events and the schedule of what is due.
 *
 * <p>An event is accepted once and durably ({@link dev.crmsync.inbox.AcceptQueue}), claimed together with all that waits
 * for its subject ({@link dev.crmsync.inbox.Inbox#claim}), and settled ({@link dev.crmsync.inbox.GroupSettler}). A lease
 * with a fencing token keeps two holders off one subject. Runs on PostgreSQL and SQLite with the same statements.
 */
package dev.crmsync.inbox;
