/**
 * Writes to Salesforce: the {@code upsert:} endpoint, its batches, what a refusal means, and the login.
 */
package dev.crmsync.salesforce;
