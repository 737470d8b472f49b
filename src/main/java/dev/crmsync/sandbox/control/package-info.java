/** What a test or a curious person asks of the sandbox itself: journal, state, faults, settings, and a page to look at. */
package dev.crmsync.sandbox.control;
