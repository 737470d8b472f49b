package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceTest {
    @TempDir
    Path directory;

    @Test
    void recordsSurviveARestart() {
        String id;
        try (Sandbox sandbox = start()) {
            Client client = new Client(sandbox);
            id = client.upsert(
                            "Account",
                            "Pivotal_Key__c",
                            "org:1",
                            "{\"Name\":\"Acme\",\"Pivotal_Health_Score__c\":7.25}")
                    .json()
                    .path("id")
                    .asText();
            client.upsert("Account", "Pivotal_Key__c", "org:1", "{\"Phone\":\"1\",\"Pivotal_At_Risk__c\":true}");
        }

        try (Sandbox sandbox = start()) {
            JsonNode record = new Client(sandbox).get("/sobjects/Account/" + id).json();
            assertThat(record.path("Name").asText()).isEqualTo("Acme");
            assertThat(record.path("Phone").asText()).isEqualTo("1");
            assertThat(record.path("Pivotal_At_Risk__c").asBoolean()).isTrue();
            assertThat(record.path("Pivotal_Health_Score__c").decimalValue()).isEqualByComparingTo("7.25");
        }
    }

    @Test
    void theJournalGoesOnCountingAfterARestart() {
        try (Sandbox sandbox = start()) {
            new Client(sandbox).upsert("Account", "Pivotal_Key__c", "org:1", "{\"Name\":\"Acme\"}");
        }

        try (Sandbox sandbox = start()) {
            Client client = new Client(sandbox);
            client.upsert("Account", "Pivotal_Key__c", "org:2", "{\"Name\":\"Bolt\"}");
            JsonNode journal = client.control("GET", "/journal", "").json();
            assertThat(journal.findValuesAsText("sequence")).containsExactly("1", "2");
            assertThat(journal.findValuesAsText("key")).containsExactly("org:1", "org:2");
            assertThat(client.control("GET", "/state?object=Account", "")
                            .json()
                            .path("Account")
                            .findValuesAsText("Id"))
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }
    }

    @Test
    void aLineThatAKillCutShortIsForgotten() throws IOException {
        try (Sandbox sandbox = start()) {
            new Client(sandbox).upsert("Account", "Pivotal_Key__c", "org:1", "{\"Name\":\"Acme\"}");
        }
        Files.writeString(
                directory.resolve("salesforce.jsonl"),
                "[{\"object\":\"Account\",\"id\":\"001Qy0000000009AAA\",\"values\":{\"Name\":\"half",
                StandardOpenOption.APPEND);

        try (Sandbox sandbox = start()) {
            Client client = new Client(sandbox);
            client.upsert("Account", "Pivotal_Key__c", "org:2", "{\"Name\":\"Bolt\"}");
        }

        try (Sandbox sandbox = start()) {
            assertThat(new Client(sandbox)
                            .control("GET", "/state", "")
                            .json()
                            .path("Account")
                            .findValuesAsText("Name"))
                    .containsExactly("Acme", "Bolt");
        }
    }

    @Test
    void aFileThatIsDamagedInTheMiddleIsRefused() throws IOException {
        Files.writeString(directory.resolve("salesforce.jsonl"), "[{\"broken\n[]\n");

        assertThatThrownBy(this::start).hasStackTraceContaining("damaged before its end: delete it to start afresh");
    }

    @Test
    void aResetForgetsAlsoWhatIsOnDisk() {
        try (Sandbox sandbox = start()) {
            Client client = new Client(sandbox);
            client.upsert("Account", "Pivotal_Key__c", "org:1", "{\"Name\":\"Acme\"}");
            assertThat(client.control("POST", "/reset", "").status()).isEqualTo(204);
        }

        try (Sandbox sandbox = start()) {
            assertThat(new Client(sandbox).control("GET", "/state", "").json().path("Account"))
                    .isEmpty();
        }
    }

    @Test
    void twoSandboxesDoNotShareADirectory() {
        try (Sandbox first = start()) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(this::start).hasMessageContaining("in use by another sandbox");
        }
    }

    private Sandbox start() {
        return Sandbox.start(SandboxOptions.inMemory().withDataDirectory(directory));
    }
}
