/** Threads that must go on for as long as the process does. */
package dev.crmsync.worker;
