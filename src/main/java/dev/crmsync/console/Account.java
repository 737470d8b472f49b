package dev.crmsync.console;

/**
 * A user and what makes him one.
 *
 * @param credential changes when the user's password does; the same for all who come from one identity provider
 */
record Account(User user, String credential) {}
