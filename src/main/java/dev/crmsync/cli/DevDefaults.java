package dev.crmsync.cli;

import dev.crmsync.file.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Properties;

/** Signing secrets that the {@code dev} profile makes up, once, and keeps for the {@code send} command. */
final class DevDefaults {

    static final String FILE = "dev-signing-secrets.properties";

    private static final int SECRET_BYTES = 24;

    private final Path file;

    DevDefaults(Path dataDirectory) {
        this.file = dataDirectory.resolve(FILE);
    }

    /** The generated value of each setting; missing ones are made and saved. */
    Properties signingSecrets(Collection<String> settings) {
        Properties secrets = read();
        boolean added = false;
        for (String setting : settings) {
            added |= secrets.putIfAbsent(setting, generate()) == null;
        }
        if (added) {
            write(secrets);
        }
        return secrets;
    }

    private static String generate() {
        byte[] key = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    private Properties read() {
        Properties secrets = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(OwnerOnly.file(file))) {
                secrets.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + file, e);
            }
        }
        return secrets;
    }

    private void write(Properties secrets) {
        try {
            OwnerOnly.folder(file.toAbsolutePath().getParent());
            try (OutputStream out = Files.newOutputStream(OwnerOnly.file(file))) {
                secrets.store(out, "Made for the dev profile; delete this file to get new ones");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
