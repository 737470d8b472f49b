/**
 * Random histories of what happened at the sources, their webhooks in any order, and the oracle: the changes applied one by one
 * in the order in which they happened.
 */
package dev.crmsync.model;
