package dev.crmsync.sandbox.rest;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ParsedRow;

/**
 * One row of a batch.
 *
 * @param parsed the row; null when it is malformed
 * @param refusal why it is malformed; null when it is not
 */
record BatchRow(ParsedRow parsed, ApiException refusal) {}
