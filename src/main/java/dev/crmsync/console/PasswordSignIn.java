package dev.crmsync.console;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks names and passwords, slowly for whoever guesses. A failure counts for the pair of name and origin alone: nobody
 * can keep somebody else out.
 */
final class PasswordSignIn {

    private final Users users;
    private final SignInFailures failures;
    private final Devices devices;

    /** Checking a password costs a tenth of a second of a processor. */
    private final Turns turns = new Turns();

    PasswordSignIn(Users users, SignInFailures failures) {
        this.users = users;
        this.failures = failures;
        this.devices = new Devices(users);
    }

    /**
     * The account, or nothing when name or password are wrong. Fails with a {@link ConsoleException} when there were too
     * many failures of that name from there, or too many wait to be checked. For event loops.
     */
    Future<Optional<Account>> check(RoutingContext request, String name, String password) {
        Origin origin = devices.find(request, name)
                .map(Origin::device)
                .orElseGet(
                        () -> Origin.address(request.request().remoteAddress().hostAddress()));
        Context context = request.vertx().getOrCreateContext();
        Promise<Optional<Account>> checked = Promise.promise();
        turns.take(
                origin,
                () -> context.executeBlocking(
                                () -> request.response().closed()
                                        ? Optional.<Account>empty()
                                        : check(origin, name, password),
                                false)
                        .onComplete(checked));
        return checked.future();
    }

    private Optional<Account> check(Origin origin, String name, String password) {
        String pair = "pair " + name + "@" + origin.id();
        Duration wait = failures.wait(pair);
        if (!wait.isZero()) {
            throw new ConsoleException(
                    429, "Too many failed attempts: try again in " + wait.toSeconds() + " seconds.", wait);
        }
        Optional<Account> account = users.authenticate(name, password);
        if (account.isPresent()) {
            failures.forget(pair);
        } else {
            failures.add(pair);
        }
        return account;
    }

    /** From now on this browser is known as one of that person's. */
    void remember(RoutingContext request, Account account) {
        devices.remember(request, account.user().name());
    }
}
