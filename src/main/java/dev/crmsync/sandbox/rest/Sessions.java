package dev.crmsync.sandbox.rest;

import dev.crmsync.sandbox.org.Caller;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.Settings;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Access tokens and what they are still good for. They live in memory: a restart ends every session. */
public final class Sessions {
    private static final int MOST = 10_000;

    private final Org org;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    public Sessions(Org org) {
        this.org = org;
    }

    private static final class Session {
        private final Caller caller;
        private Instant lastUse;
        private int calls;

        private Session(Caller caller, Instant lastUse) {
            this.caller = caller;
            this.lastUse = lastUse;
        }
    }

    /** A new access token. */
    synchronized String open(Caller caller) {
        byte[] secret = new byte[48];
        random.nextBytes(secret);
        String token = Org.ORG_ID.substring(0, 15) + "!"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        if (sessions.size() == MOST) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        sessions.put(token, new Session(caller, org.now()));
        return token;
    }

    /** Whom the token speaks for; empty when it is unknown, revoked or expired. */
    synchronized Optional<Caller> use(String token) {
        Session session = sessions.get(token);
        if (session == null) {
            return Optional.empty();
        }
        Settings settings = org.settings();
        Instant now = org.now();
        boolean tooOld = settings.sessionSeconds() > 0
                && !session.lastUse.plusSeconds(settings.sessionSeconds()).isAfter(now);
        boolean usedUp = settings.sessionCalls() > 0 && session.calls >= settings.sessionCalls();
        if (tooOld || usedUp) {
            sessions.remove(token);
            return Optional.empty();
        }
        session.lastUse = now;
        session.calls++;
        return Optional.of(session.caller);
    }

    synchronized void revoke(String token) {
        sessions.remove(token);
    }

    /** Ends every session, as an administrator or a time-out would. */
    public synchronized void expireAll() {
        sessions.clear();
    }

    /** How many sessions are open. */
    public synchronized int open() {
        return sessions.size();
    }
}
