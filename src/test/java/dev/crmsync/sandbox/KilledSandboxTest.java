package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledSandboxTest {
    private static final int WRITERS = 3;

    @TempDir
    Path directory;

    @Test
    void whatWasAnsweredBeforeTheKillIsThereAfterwardsAndOnlyOnce() throws IOException, InterruptedException {
        Queue<String> answered = new ConcurrentLinkedQueue<>();
        try (SandboxProcess process = SandboxProcess.start(directory)) {
            CompletableFuture<?>[] writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> CompletableFuture.runAsync(() -> write(process.url(), writer, answered)))
                    .toArray(CompletableFuture[]::new);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> answered.size() > 30);
            process.kill();
            CompletableFuture.allOf(writers).join();
        }

        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory().withDataDirectory(directory))) {
            JsonNode accounts = new Client(sandbox)
                    .control("GET", "/state?object=Account", "")
                    .json()
                    .path("Account");
            assertThat(accounts.findValuesAsText("Pivotal_Key__c"))
                    .containsAll(answered)
                    .doesNotHaveDuplicates();
            assertThat(accounts.findValuesAsText("Id")).doesNotHaveDuplicates();
        }
    }

    private static void write(String url, int writer, Queue<String> answered) {
        try {
            Client client = new Client(url);
            for (int n = 0; ; n++) {
                String key = writer + ":" + n;
                if (client.upsert("Account", "Pivotal_Key__c", key, "{\"Name\":\"A\"}")
                                .status()
                        == 201) {
                    answered.add(key);
                }
            }
        } catch (UncheckedIOException killed) {
            // The sandbox is gone, as it should be.
        }
    }
}
