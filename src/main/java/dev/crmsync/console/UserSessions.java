package dev.crmsync.console;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is signed in, in this process only: a session ends with it, after half an hour of rest or after twelve hours. */
final class UserSessions {

    private static final Duration REST = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int MOST = 1_000;
    private static final int TOKEN_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<String, UserSession> sessions = new ConcurrentHashMap<>();

    UserSessions(Clock clock) {
        this.clock = clock;
    }

    /** @return the token that the browser's cookie shall hold */
    String begin(User user) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> isOver(session, now));
        if (sessions.size() >= MOST) {
            throw new IllegalStateException("There are " + MOST + " sessions already: try again in half an hour");
        }
        String token = token();
        sessions.put(token, new UserSession(user, token(), now));
        return token;
    }

    Optional<UserSession> find(String token) {
        UserSession session = token == null ? null : sessions.get(token);
        Instant now = clock.instant();
        if (session == null || isOver(session, now)) {
            return Optional.empty();
        }
        session.useAt(now);
        return Optional.of(session);
    }

    void end(String token) {
        sessions.remove(token);
    }

    private static boolean isOver(UserSession session, Instant now) {
        return now.isAfter(session.used().plus(REST))
                || now.isAfter(session.begun().plus(LONGEST));
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
