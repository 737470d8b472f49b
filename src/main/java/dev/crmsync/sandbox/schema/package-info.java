/** What the org knows of objects and fields: the deployed metadata package on top of Salesforce's standard fields. */
package dev.crmsync.sandbox.schema;
