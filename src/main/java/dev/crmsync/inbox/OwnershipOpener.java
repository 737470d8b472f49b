package dev.crmsync.inbox;

import dev.crmsync.worker.Workers;

/** How a process becomes an owner, which each kind of database does in its own way. */
interface OwnershipOpener {

    /**
     * Begins to; the ownership may be held only later.
     *
     * @param process unique among all processes that share the database
     */
    Ownership open(String process, Owners owners, Workers workers);
}
