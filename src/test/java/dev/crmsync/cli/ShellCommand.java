package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands of this machine that end by themselves. */
final class ShellCommand {

    private ShellCommand() {}

    /** @return what it printed; fails unless its exit code is 0 */
    static String run(String... command) {
        Result result = result(command);
        assertThat(result.exit())
                .as("%s: %s", List.of(command), result.printed())
                .isZero();
        return result.printed();
    }

    /** @return false also when there is no such command */
    static boolean succeeds(String... command) {
        try {
            return result(command).exit() == 0;
        } catch (UncheckedIOException absent) {
            return false;
        }
    }

    private static Result result(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + List.of(command), e);
        }
    }

    private record Result(int exit, String printed) {}
}
