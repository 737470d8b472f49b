package dev.crmsync.sandbox.rest;

/** Answers one kind of request. */
@FunctionalInterface
interface Handler {
    ApiResponse handle(Call call);
}
