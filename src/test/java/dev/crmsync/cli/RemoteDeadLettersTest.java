package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.inbox.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At the console of an application, with the rights of its user. */
class RemoteDeadLettersTest implements DeadLettersApiBehaviour {

    private static TestApplication application;
    private static DeadLettersApi api;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        String hash = BCrypt.withDefaults().hashToString(4, "pass:word".toCharArray());
        Path users = Files.write(data.resolve("users"), List.of("ann:operator:" + hash, "vera:viewer:" + hash));
        application = TestApplication.start(data, Map.of("crm.console.users-file", users.toString()));
        api = as("ann", "pass:word");
    }

    private static DeadLettersApi as(String user, String password) {
        return RemoteDeadLetters.withPassword(
                application.application().addresses().console() + "/", user, password);
    }

    @AfterAll
    static void stop() {
        api.close();
        application.close();
    }

    @Override
    public DeadLettersApi api() {
        return api;
    }

    @Override
    public TestApplication application() {
        return application;
    }

    @Test
    void showsWhatAReplayWouldDoFieldByField() {
        String customer = "cus_previewed";
        Instant now = Instant.now();
        StoredEvent newer = delivered(customer, now, "\"name\":\"Newer\"");
        StoredEvent late = delivered(customer, now.minusSeconds(60), "\"name\":\"Older\",\"health_score\":71");
        ObjectNode event = (ObjectNode) api.event(late.id());
        event.set("preview", api.preview(late.id()));

        assertThat(DeadLettersApiBehaviour.printed(out -> new DeadLettersShow().print(event, out)))
                .contains("upsert: newer already: Name", "Would be sent: Account Pivotal_Key__c acme:" + customer)
                .containsPattern("Name +\\[newer already, since time .* \\(event " + newer.id() + "\\)]");
    }

    @Test
    void whoMayLookOnlyIsToldSo() {
        DeadLettersApi viewer = as("vera", "pass:word");

        viewer.page(EventFilter.dead(), null, 1);

        assertThatThrownBy(() -> viewer.discard(List.of(1L), "a test"))
                .hasMessage("The console refused: That needs the role operator.");
    }

    @Test
    void whoIsNotKnownIsToldWhatToGive() {
        assertThatThrownBy(() -> as("ann", "wrong").event(1))
                .hasMessageContaining("does not know ann")
                .hasMessageContaining("CRM_CONSOLE_PASSWORD");
    }

    @Test
    void anAddressThatIsNoConsoleIsNamed() {
        String webhooks = application.application().addresses().webhooks();

        assertThatThrownBy(() -> RemoteDeadLetters.withPassword(webhooks, "ann", "pass:word")
                        .event(1))
                .hasMessageContaining(webhooks);
        assertThatThrownBy(() -> RemoteDeadLetters.withPassword("http://localhost:1", "ann", "pass:word")
                        .event(1))
                .hasMessage("Nothing listens at http://localhost:1: is that the console's address?");
    }

    @Test
    void aPasswordIsNotSentInTheClear() {
        assertThatThrownBy(() -> RemoteDeadLetters.withPassword("http://192.0.2.1:8081", "ann", "pass:word"))
                .hasMessageContaining("use https");
    }
}
