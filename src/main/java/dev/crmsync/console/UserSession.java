package dev.crmsync.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One person's visit. */
final class UserSession {

    private final User user;
    private final String csrf;
    private final Instant begun;
    private final Set<Long> revealed = ConcurrentHashMap.newKeySet();
    private volatile Instant used;
    private volatile String notice;

    UserSession(User user, String csrf, Instant begun) {
        this.user = user;
        this.csrf = csrf;
        this.begun = begun;
        this.used = begun;
    }

    User user() {
        return user;
    }

    /** What every form of this visit carries, so that no other site can send it. */
    String csrf() {
        return csrf;
    }

    boolean isCsrf(String given) {
        return given != null
                && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), csrf.getBytes(StandardCharsets.UTF_8));
    }

    Instant begun() {
        return begun;
    }

    Instant used() {
        return used;
    }

    void useAt(Instant now) {
        used = now;
    }

    /** The payload of that event was revealed to this person, who said why. */
    void reveal(long event) {
        revealed.add(event);
    }

    boolean isRevealed(long event) {
        return revealed.contains(event);
    }

    /** Says something on the next page. */
    void say(String text) {
        notice = text;
    }

    /** What is to be said, once; or null. */
    String takeNotice() {
        String text = notice;
        notice = null;
        return text;
    }
}
