package dev.crmsync.reliability;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged application as a process of its own, which can be killed as a machine that loses power is. */
public final class JarProcess implements AutoCloseable {

    /** Options for tests: starts soon, and runs for a short time only. */
    public static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

    private static final Path JAR = Path.of("target", "crm-sync.jar");
    private static final Path LOGS = Path.of("target", "reliability");
    private static final long START_SECONDS = 90;

    private final String name;
    private final Process process;
    private final Path log;

    private JarProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param options of the Java machine, such as settings given as {@code -D} */
    public static JarProcess start(String name, List<String> options, String... arguments) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is missing: run mvn -DskipTests package first");
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        try {
            Files.createDirectories(LOGS);
            Path log = LOGS.resolve(name + ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new JarProcess(name, process, log);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot start " + String.join(" ", command), e);
        }
    }

    /** A TCP port of this machine that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No free port", e);
        }
    }

    /** Waits until it answers; fails with a look at its log when it ends before that. */
    public void awaitReady(BooleanSupplier ready) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        name + " did not start" + (process.isAlive() ? " in time" : "") + ": see " + log);
            }
            waitForEnd(50);
        }
    }

    /** The operating system's number of it. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    void kill() {
        process.destroyForcibly();
        if (!waitForEnd(TimeUnit.SECONDS.toMillis(30))) {
            throw new IllegalStateException(name + " survived SIGKILL for 30 s");
        }
    }

    /** SIGTERM; returns when it has ended. @return the exit code */
    int terminate() {
        process.destroy();
        if (!waitForEnd(TimeUnit.SECONDS.toMillis(45))) {
            throw new IllegalStateException(name + " did not end within its grace period of 45 s: see " + log);
        }
        return process.exitValue();
    }

    /** SIGSTOP: it stands still in the middle of whatever it does. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void proceed() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("Cannot send SIG" + signal + " to " + name);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot send SIG" + signal + " to " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean waitForEnd(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
