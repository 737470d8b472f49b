/**
 * Holds the files of routes against each other and against what Camel has, before anything runs: is it YAML, is each step
 * one that Camel knows, is what it names there?
 */
package dev.crmsync.check.structure;
