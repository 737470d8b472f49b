/**
 * From an HTTP request to an {@link dev.crmsync.event.Event}: is it authentic, what does its envelope say, and what of
 * it must never be kept. Verifiers and envelope readers are beans that YAML routes declare and configure.
 */
package dev.crmsync.webhook;
