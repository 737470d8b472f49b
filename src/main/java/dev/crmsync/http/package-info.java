/** What every server of this process shares: the memory that requests may take up together. */
package dev.crmsync.http;
