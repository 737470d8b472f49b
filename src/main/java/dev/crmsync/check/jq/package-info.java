/** Reads the text of a jq expression into a tree that can be looked at without data. */
package dev.crmsync.check.jq;
