/** Carries the REST API and the control API over HTTP. */
package dev.crmsync.sandbox.http;
