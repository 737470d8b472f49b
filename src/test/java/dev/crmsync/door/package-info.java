/**
 * Proof that strangers cannot exhaust or freeze the process: the real jar with the memory that the image gives it is
 * attacked over its ports, while a sender that signs correctly must not notice.
 */
package dev.crmsync.door;
