package dev.crmsync.console;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may use the console. A file has one user a line, {@code name:role:hash}, the hash as {@code htpasswd -B} or any
 * other bcrypt makes it; lines that begin with {@code #} are comments.
 */
public final class Users implements Accounts {

    /** bcrypt reads no more of a password than that, in bytes. */
    private static final int LONGEST_PASSWORD = 72;

    private static final int COST = 10;

    /** What a password is held against where there is no such user; made beforehand, since that takes a tenth of a second. */
    private static final byte[] NOBODY =
            "$2a$10$IvQL/9JsSGVSumNi3Sw1ruGjDWvY678tceT4.Z3NAsytxCNbsW/IO".getBytes(StandardCharsets.US_ASCII);

    private record Entry(Role role, byte[] hash) {

        private Account account(String name) {
            return new Account(
                    new User(name, role), Token.sha256("password:" + new String(hash, StandardCharsets.US_ASCII)));
        }
    }

    private final Map<String, Entry> entries;

    private Users(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
    }

    /** Nobody, where all come from an identity provider. */
    public static Users none() {
        return new Users(Map.of());
    }

    /** One operator. */
    public static Users of(String name, String password) {
        return new Users(Map.of(name, new Entry(Role.OPERATOR, hash(password))));
    }

    /** @throws IllegalArgumentException when the file cannot be read or a line is malformed */
    public static Users read(Path file) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.strip().split(":", 3);
            try {
                Entry entry = new Entry(Role.of(parts[1]), parts[2].getBytes(StandardCharsets.US_ASCII));
                if (!parts[2].matches("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}") || parts[0].isBlank()) {
                    throw new IllegalArgumentException();
                }
                entries.put(parts[0], entry);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
                throw new IllegalArgumentException("Line " + number + " of crm.console.users-file " + file
                        + " is not name:role:hash, with role viewer or operator and a bcrypt hash");
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("crm.console.users-file " + file + " has no users");
        }
        return new Users(entries);
    }

    private static Iterable<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("crm.console.users-file " + file + " cannot be read", e);
        }
    }

    /** True when nobody has a password here. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public Optional<User> current(Account account) {
        return Optional.ofNullable(entries.get(account.user().name()))
                .map(entry -> entry.account(account.user().name()))
                .filter(now -> now.credential().equals(account.credential()))
                .map(Account::user);
    }

    /** The user's account, if the password is right. Takes as long when there is no such user. */
    Optional<Account> authenticate(String name, String password) {
        Entry entry = entries.get(name);
        byte[] given = password.getBytes(StandardCharsets.UTF_8);
        boolean verified = given.length <= LONGEST_PASSWORD
                && BCrypt.verifyer().verify(given, entry == null ? NOBODY : entry.hash()).verified;
        return verified && entry != null ? Optional.of(entry.account(name)) : Optional.empty();
    }

    /** What only who knows that user's password hash can derive from the text; empty where there is no such user. */
    Optional<String> seal(String name, String text) {
        return Optional.ofNullable(entries.get(name))
                .map(entry -> Token.sha256(text + ":" + new String(entry.hash(), StandardCharsets.US_ASCII)));
    }

    private static byte[] hash(String password) {
        return BCrypt.withDefaults().hash(COST, password.getBytes(StandardCharsets.UTF_8));
    }
}
