/** The org itself: records, the rules that every write obeys, transactions, row locks and the journal of writes. */
package dev.crmsync.sandbox.org;
