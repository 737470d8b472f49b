/** What is written down about exchanges at work, for whoever follows them: log context and traces. */
package dev.crmsync.observe;
