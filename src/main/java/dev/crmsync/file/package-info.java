/** Files that hold what others shall not read. Knows no other part. */
package dev.crmsync.file;
