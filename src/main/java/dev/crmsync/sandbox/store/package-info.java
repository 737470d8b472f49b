/** Keeps an org's records in a file, so that they outlive the process. */
package dev.crmsync.sandbox.store;
