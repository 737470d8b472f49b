package dev.crmsync.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A sandbox in a process of its own, to be killed. */
final class SandboxProcess implements AutoCloseable {
    private final Process process;
    private final String url;

    private SandboxProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Runs a sandbox over the directory {@code args[0]} and prints its URL. */
    public static void main(String[] args) {
        Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory().withDataDirectory(Path.of(args[0])));
        System.out.println(sandbox.url());
    }

    static SandboxProcess start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.startsWith("http://")) {
            line = out.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("The sandbox did not start");
        }
        return new SandboxProcess(process, line);
    }

    String url() {
        return url;
    }

    /** SIGKILL: no shutdown hook runs, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
