/**
 * An embedded Salesforce for development and tests: the org's schema comes from the very metadata package that is
 * deployed, its rules and answers are those of the real one as far as an integration meets them.
 */
package dev.crmsync.sandbox;
