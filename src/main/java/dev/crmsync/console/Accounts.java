package dev.crmsync.console;

import java.util.Optional;

/** Tells whether an account still holds, and with which rights. */
interface Accounts {

    /** The user as he is now; empty when the account is gone or has another password. */
    Optional<User> current(Account account);
}
