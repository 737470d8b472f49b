/** The values that every other package speaks of: one verified webhook, what it is about and where it stands. */
package dev.crmsync.event;
