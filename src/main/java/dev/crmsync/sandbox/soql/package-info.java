/** A subset of SOQL: one object, conditions over its and its parents' fields, order, limit, counts. */
package dev.crmsync.sandbox.soql;
