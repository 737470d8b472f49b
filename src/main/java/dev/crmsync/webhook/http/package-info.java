/**
 * The HTTP server behind the {@code platform-http} endpoints of routes: what a request may cost, how it becomes an exchange,
 * and how the exchange becomes an answer.
 */
package dev.crmsync.webhook.http;
