package dev.crmsync.console;

import dev.crmsync.deadletter.AuditEntry;
import dev.crmsync.inbox.Pause;
import java.util.List;
import java.util.regex.Pattern;

/** What people hold back, and let go. */
final class DeliveryPauses {

    private static final Pattern SCOPE = Pattern.compile("all|(source|object):[A-Za-z][\\w-]{0,99}");

    private final ConsoleData data;

    DeliveryPauses(ConsoleData data) {
        this.data = data;
    }

    List<Pause> list() {
        return data.inbox().pauses().list();
    }

    /** @param scope {@code all}, or such as {@code source:plain} or {@code object:Account} */
    void pause(String scope, String reason, String who) {
        if (!SCOPE.matcher(scope).matches()) {
            throw new ConsoleException(400, "Pause all, or such as source:plain or object:Account.");
        }
        data.inbox().pauses().pause(new Pause(scope, reason, who, data.clock().instant(), null));
        audit(who, "pause", reason, scope);
    }

    /** @return false when it was not paused */
    boolean resume(String scope, String who) {
        boolean wasPaused = data.inbox().pauses().resume(scope);
        audit(who, "resume", null, scope);
        return wasPaused;
    }

    private void audit(String who, String act, String reason, String detail) {
        data.deadLetters().audit().record(new AuditEntry(null, who, act, reason, detail, 0));
    }
}
