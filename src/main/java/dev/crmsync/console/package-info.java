/** The operators' web pages and JSON API: to see what happens, to look after dead letters, to replay. */
package dev.crmsync.console;
