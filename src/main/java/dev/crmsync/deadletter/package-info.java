/** Events that need a person: why, what to do, and how to deliver them after all. */
package dev.crmsync.deadletter;
