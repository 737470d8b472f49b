package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Secrets from environment variables, which only a process of its own can have. */
class EnvironmentSecretsTest {

    @Test
    void findsTheSecretsOfASourceAndOfItsTypes() throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName());
        java.environment().put("CRM_EMPORIX_SIGNING_SECRETS", "common");
        java.environment().put("CRM_EMPORIX_SIGNING_SECRETS_CUSTOMER_EMAIL_CHANGE", "own, older\n");
        Process child = java.inheritIO().start();
        try {
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isZero();
        } finally {
            child.destroyForcibly();
        }
    }

    /** Runs with the variables, and ends with 0 when they count. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) throws Exception {
            try (Receiver receiver = Receiver.of("emporix", Map.of(), Clock.systemUTC())) {
                expect(receiver, "customer.updated", "common", true);
                expect(receiver, "customer.updated", "own", false);
                expect(receiver, "customer.email-change", "own", true);
                expect(receiver, "customer.email-change", "older", true);
                expect(receiver, "customer.email-change", "common", false);
            }
        }

        private static void expect(Receiver receiver, String type, String secret, boolean accepted) {
            SignedRequest request = new EmporixSigner(secret, Clock.systemUTC()).sign(Utf8.bytes("{}"));
            Exception refusal =
                    receiver.at("/webhooks/emporix/" + type).receive(request).getException();
            if ((refusal == null) != accepted) {
                throw new AssertionError(type + " signed with '" + secret + "': " + refusal);
            }
        }
    }
}
