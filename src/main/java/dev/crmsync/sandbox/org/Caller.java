package dev.crmsync.sandbox.org;

/** Who makes a request: the connected client and the user it acts as. */
public record Caller(String clientId, String userId) {}
