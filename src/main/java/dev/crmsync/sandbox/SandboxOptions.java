package dev.crmsync.sandbox;

import dev.crmsync.sandbox.org.Settings;
import dev.crmsync.sandbox.rest.ClientCredentials;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * How a sandbox is started.
 *
 * @param port TCP port; 0 takes any that is free
 * @param host address to listen on
 * @param dataDirectory where records outlive the process; empty keeps them in memory
 * @param clock what the org takes for the time
 * @param client the only client that may log in; empty lets every one in
 * @param furtherPackages metadata packages deployed besides the packed one: directories with a manifest each
 * @param settings how the org behaves at first
 * @param journalCapacity how many of the newest writes the journal keeps
 */
public record SandboxOptions(
        int port,
        String host,
        Optional<Path> dataDirectory,
        Clock clock,
        Optional<ClientCredentials> client,
        List<Path> furtherPackages,
        Settings settings,
        int journalCapacity) {

    public SandboxOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Port of the sandbox is " + port + ": use 0 to 65535");
        }
        if (journalCapacity < 1) {
            throw new IllegalArgumentException("Journal capacity is " + journalCapacity + ": use 1 or more");
        }
        furtherPackages = List.copyOf(furtherPackages);
    }

    /** Any free port on the loopback address, everything in memory, the system's clock. */
    public static SandboxOptions inMemory() {
        return new SandboxOptions(
                0,
                "127.0.0.1",
                Optional.empty(),
                Clock.systemUTC(),
                Optional.empty(),
                List.of(),
                Settings.DEFAULT,
                100_000);
    }

    public SandboxOptions withPort(int port) {
        return new SandboxOptions(port, host, dataDirectory, clock, client, furtherPackages, settings, journalCapacity);
    }

    public SandboxOptions withHost(String host) {
        return new SandboxOptions(port, host, dataDirectory, clock, client, furtherPackages, settings, journalCapacity);
    }

    public SandboxOptions withDataDirectory(Path directory) {
        return new SandboxOptions(
                port, host, Optional.of(directory), clock, client, furtherPackages, settings, journalCapacity);
    }

    public SandboxOptions withClock(Clock clock) {
        return new SandboxOptions(port, host, dataDirectory, clock, client, furtherPackages, settings, journalCapacity);
    }

    /** Lets only this client log in. */
    public SandboxOptions withClient(String id, String secret) {
        return new SandboxOptions(
                port,
                host,
                dataDirectory,
                clock,
                Optional.of(new ClientCredentials(id, secret)),
                furtherPackages,
                settings,
                journalCapacity);
    }

    /** Deploys further packages in source format; each directory holds {@code manifest/package.xml}. */
    public SandboxOptions withPackages(Path... directories) {
        return new SandboxOptions(
                port, host, dataDirectory, clock, client, List.of(directories), settings, journalCapacity);
    }

    public SandboxOptions withSettings(Settings settings) {
        return new SandboxOptions(port, host, dataDirectory, clock, client, furtherPackages, settings, journalCapacity);
    }
}
