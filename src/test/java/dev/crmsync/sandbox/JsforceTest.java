package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs {@code src/test/jsforce}: a client that others wrote for the real Salesforce finds the sandbox to be one. */
class JsforceTest {
    private static final Path SCRIPTS = Path.of("src/test/jsforce");
    private static final Path WORK = Path.of("target/jsforce");
    private static final long LONGEST_MINUTES = 5;

    private record Outcome(int exitCode, String output) {}

    @Test
    void jsforceFindsWhatItExpects() throws IOException, InterruptedException {
        assumeTrue(isThere("node") && isThere("npm"), "node and npm are not installed: jsforce is not run");
        Outcome install = install();
        assumeTrue(install.exitCode() == 0, "npm could not install jsforce: " + install.output());

        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory().withPackages(Metadata.upsertTable()))) {
            Outcome outcome = run("node", "conformance.mjs", sandbox.url());

            System.out.println("jsforce: "
                    + outcome.output()
                            .strip()
                            .lines()
                            .reduce((first, second) -> second)
                            .orElse("no output"));
            assertThat(outcome.output()).doesNotContain("FAIL");
            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        }
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException notFound) {
            return false;
        }
    }

    /** Installs what the lock file names, unless an earlier run did. */
    private static Outcome install() throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        Path installed = WORK.resolve("package-lock.json");
        boolean upToDate = Files.exists(WORK.resolve("node_modules/.package-lock.json"))
                && Files.exists(installed)
                && Files.mismatch(SCRIPTS.resolve("package-lock.json"), installed) == -1;
        for (String file : List.of("package.json", "package-lock.json", "conformance.mjs")) {
            Files.copy(SCRIPTS.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        return upToDate ? new Outcome(0, "") : run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    private static Outcome run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(WORK, "run", ".log");
        Process process = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            String output = Files.readString(log, StandardCharsets.UTF_8);
            return new Outcome(ended ? process.exitValue() : -1, output);
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }
}
