/**
 * Holds routes against a Salesforce schema before anything is sent: which fields can a mapping write, and would the org
 * take them?
 */
package dev.crmsync.check;
