/**
 * What is known of each Salesforce record: which event spoke last about which of its fields, so that an event writes only what
 * it is the newest to say.
 */
package dev.crmsync.record;
