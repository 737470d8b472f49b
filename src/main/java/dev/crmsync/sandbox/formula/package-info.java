/** The part of Salesforce's formula language that validation rules of the metadata package need. */
package dev.crmsync.sandbox.formula;
