package dev.crmsync.console;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Checks names and passwords, slowly for whoever guesses. */
final class PasswordSignIn {

    /** Checking a password costs a tenth of a second of a processor: few at once, so that a flood starves nobody. */
    private static final int MOST_CHECKS = 2;

    /** Failures after which to wait. Many people may come from one address, such as that of an ingress. */
    private static final int MOST_OF_PAIR = 5;

    private static final int MOST_OF_NAME = 20;
    private static final int MOST_OF_ADDRESS = 50;

    private final Users users;
    private final Lockout lockout;
    private final Semaphore checks = new Semaphore(MOST_CHECKS);

    PasswordSignIn(Users users, Lockout lockout) {
        this.users = users;
        this.lockout = lockout;
    }

    /**
     * The account, or nothing when name or password are wrong.
     *
     * @throws ConsoleException when there were too many failures, or too many are checked at this moment
     */
    Optional<Account> check(RoutingContext request, String name, String password) {
        String address = request.request().remoteAddress().hostAddress();
        Map<String, Integer> limits = Map.of(
                "pair " + name + "@" + address, MOST_OF_PAIR,
                "name " + name, MOST_OF_NAME,
                "address " + address, MOST_OF_ADDRESS);
        if (lockout.isLocked(limits)) {
            throw new ConsoleException(429, "Too many failed attempts: try again in five minutes.");
        }
        if (!checks.tryAcquire()) {
            throw new ConsoleException(429, "Too many are signing in at this moment: try again.");
        }
        Optional<Account> account;
        try {
            account = users.authenticate(name, password);
        } finally {
            checks.release();
        }
        if (account.isPresent()) {
            lockout.succeeded(limits);
        } else {
            lockout.failed(limits.keySet());
        }
        return account;
    }
}
