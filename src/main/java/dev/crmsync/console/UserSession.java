package dev.crmsync.console;

import java.util.Set;

/**
 * One person's visit, as it stands at one request.
 *
 * @param id under which it is stored, or null for a request that brings name and password or a token
 * @param csrf what every form of this visit carries, so that no other site can send it; or null
 * @param revealed the events whose payloads were revealed to this person, who said why
 */
record UserSession(String id, Account account, String csrf, Set<Long> revealed) {

    /** Somebody who brings name and password, or a token, with each request. */
    static UserSession ofOneRequest(Account account) {
        return new UserSession(null, account, null, Set.of());
    }

    User user() {
        return account.user();
    }

    boolean isCsrf(String given) {
        return Token.isSame(given, csrf);
    }

    boolean isRevealed(long event) {
        return revealed.contains(event);
    }
}
