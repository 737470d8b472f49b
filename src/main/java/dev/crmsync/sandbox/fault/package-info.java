/** Scripted misbehaviour: which requests or rows fail, when, and how. */
package dev.crmsync.sandbox.fault;
