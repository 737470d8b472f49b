package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.Client.Answer;
import dev.crmsync.sandbox.org.Org;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The package's own validation rules, which keep older data from overwriting newer. */
class StaleRulesTest {

    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private Client client;

    @BeforeEach
    void client() {
        client = sandbox.client();
    }

    @ParameterizedTest(name = "{0} by {1}: {3} after {4} is refused: {5}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            Account              | Pivotal_Key__c         | Pivotal_Updated_At__c | 09:59:59     | 10:00:00 | true
            Account              | Pivotal_Key__c         | Pivotal_Updated_At__c | 10:00:00     | 10:00:00 | false
            Account              | Pivotal_Key__c         | Pivotal_Updated_At__c | 10:00:00.900 | 10:00:00 | false
            Account              | Pivotal_Key__c         | Pivotal_Updated_At__c | 10:00:01     | 10:00:00 | false
            Account              | Pivotal_Key__c         | Pivotal_Updated_At__c | 09:59:59     | -        | false
            Account              | Pivotal_Key__c         | Pivotal_Updated_At__c | -            | 10:00:00 | false
            Account              | Emporix_Company_Key__c | Emporix_Updated_At__c | 09:59:59     | 10:00:00 | true
            Account              | Emporix_Company_Key__c | Emporix_Updated_At__c | 10:00:00     | 10:00:00 | false
            Account              | Plain_Account_Key__c   | Plain_Updated_At__c   | 09:59:59     | 10:00:00 | true
            Account              | Plain_Account_Key__c   | Plain_Updated_At__c   | 10:00:00     | 10:00:00 | false
            Contact              | Pivotal_Contact_Key__c | Pivotal_Updated_At__c | 09:59:59     | 10:00:00 | true
            Contact              | Pivotal_Contact_Key__c | Pivotal_Updated_At__c | 10:00:00     | 10:00:00 | false
            Contact              | Emporix_Key__c         | Emporix_Updated_At__c | 09:59:59     | 10:00:00 | true
            Contact              | Emporix_Key__c         | Emporix_Updated_At__c | 10:00:00     | 10:00:00 | false
            Contact              | Plain_Customer_Key__c  | Plain_Updated_At__c   | 09:59:59     | 10:00:00 | true
            Contact              | Plain_Customer_Key__c  | Plain_Updated_At__c   | 10:00:00     | 10:00:00 | false
            Pivotal_Onboarding__c | Pivotal_Key__c        | Updated_At__c         | 09:59:59     | 10:00:00 | true
            Pivotal_Onboarding__c | Pivotal_Key__c        | Updated_At__c         | 10:00:00     | 10:00:00 | false
            Pivotal_Task__c      | Pivotal_Key__c         | Updated_At__c         | 09:59:59     | 10:00:00 | true
            Pivotal_Task__c      | Pivotal_Key__c         | Updated_At__c         | 10:00:00     | 10:00:00 | false
            """)
    void anOlderTimeIsRefused(
            String object, String keyField, String field, String written, String stored, boolean refused) {
        client.upsert(object, keyField, "t:1", named(object, stored == null ? "" : time(field, stored)));

        Answer answer =
                client.upsert(object, keyField, "t:1", named(object, written == null ? "" : time(field, written)));

        assertRefused(answer, refused);
    }

    @Test
    void aRowThatDoesNotSayItsTimePasses() {
        client.upsert("Account", "Pivotal_Key__c", "t:1", named("Account", time("Pivotal_Updated_At__c", "10:00:00")));

        assertRefused(client.upsert("Account", "Pivotal_Key__c", "t:1", "{\"Phone\":\"1\"}"), false);
    }

    /** Version, time (of one morning) and deletion, as stored and as written; a dash is left out. */
    @ParameterizedTest(name = "version {3} at {4}, deleted {5}, over version {0} at {1}, deleted {2}: {6}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            5 | 10:00:00 | false | 6 | 10:00:01 | false | passes
            5 | 10:00:00 | false | 5 | 10:00:00 | false | passes
            5 | 10:00:00 | false | 5 | 10:00:01 | false | passes
            5 | 10:00:00 | false | 5 | 09:59:59 | false | refused
            5 | 10:00:00 | false | 4 | 09:59:59 | false | refused
            5 | 10:00:00 | false | 4 | 10:00:00 | false | passes
            5 | 10:00:00 | false | 4 | -        | -     | passes
            5 | 10:00:00 | false | 6 | 09:59:59 | false | passes
            5 | 10:00:00 | false | 6 | -        | -     | passes
            5 | 10:00:00 | false | - | -        | -     | passes
            5 | 10:00:00 | false | - | 10:00:01 | false | passes
            5 | 10:00:00 | false | - | 09:59:59 | false | refused
            9 | 10:00:00 | false | 10 | 09:59:59 | false | passes
            10 | 10:00:00 | false | 9 | 10:00:00 | false | passes
            - | 10:00:00 | false | 1 | 10:00:01 | false | passes
            - | 10:00:00 | false | 1 | 09:59:59 | false | refused
            5 | -        | false | 4 | 10:00:00 | false | refused
            5 | -        | false | 6 | 10:00:00 | false | passes
            5 | -        | false | - | 10:00:00 | false | passes
            - | -        | false | 1 | 10:00:00 | false | passes
            5 | 10:00:00 | false | - | 10:00:01 | true  | passes
            5 | 10:00:00 | false | - | 09:59:59 | true  | passes
            5 | 10:00:00 | true  | - | 10:00:00 | true  | passes
            5 | 10:00:00 | true  | - | 09:59:59 | true  | refused
            5 | 10:00:00 | true  | 1 | 10:00:01 | false | passes
            5 | 10:00:00 | true  | 1 | 10:00:00 | false | passes
            5 | 10:00:00 | true  | 1 | 09:59:59 | false | refused
            5 | 10:00:00 | true  | 6 | 09:59:59 | false | refused
            5 | 10:00:00 | true  | - | 10:00:01 | false | passes
            5 | 10:00:00 | true  | - | 09:59:59 | false | refused
            5 | 10:00:00 | false | 1 | 10:00:01 | false | passes
            5 | 10:00:00 | false | 2 | 10:00:01 | true  | passes
            """)
    void anEmporixCustomerIsOrderedByVersionThenByTime(
            String storedVersion,
            String storedTime,
            String storedDeleted,
            String version,
            String time,
            String deleted,
            String end) {
        client.upsert(
                "Contact",
                "Emporix_Key__c",
                "t:1",
                named("Contact", emporix(storedVersion, storedTime, storedDeleted)));

        Answer answer =
                client.upsert("Contact", "Emporix_Key__c", "t:1", named("Contact", emporix(version, time, deleted)));

        assertRefused(answer, end.equals("refused"));
    }

    @ParameterizedTest(name = "{0}: deleted {2} at {3} over deleted {1} at 10:00:00: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            Contact | false | true  | 10:00:01 | passes
            Contact | false | true  | 09:59:59 | passes
            Contact | true  | true  | 09:59:59 | refused
            Contact | true  | false | 09:59:59 | refused
            Contact | true  | false | 10:00:01 | passes
            Account | false | true  | 09:59:59 | passes
            Account | true  | true  | 09:59:59 | refused
            Account | true  | false | 09:59:59 | refused
            Account | true  | false | 10:00:01 | passes
            """)
    void aDeletionByPlainPassesWhatCameAfterItAndIsNotUndoneByWhatCameBefore(
            String object, String storedDeleted, String deleted, String time, String end) {
        String keyField = object.equals("Contact") ? "Plain_Customer_Key__c" : "Plain_Account_Key__c";
        client.upsert(object, keyField, "t:1", named(object, plain(storedDeleted, "10:00:00")));

        assertRefused(
                client.upsert(object, keyField, "t:1", named(object, plain(deleted, time))), end.equals("refused"));
    }

    @Test
    void theMessageHasTheTokenAndTellsAPersonWhatToDo() {
        at("10:00:00");

        Answer answer = at("09:59:59");

        assertThat(answer.errorCode()).isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
        assertThat(answer.json().path(0).path("fields").path(0).asText()).isEqualTo("Pivotal_Updated_At__c");
        assertThat(answer.json().path(0).path("message").asText())
                .startsWith("CRM_SYNC_STALE: ")
                .contains("leave Pivotal Updated At unchanged", "permission set CRM Sync: Correct Records");
    }

    @Test
    void aPersonWithTheBypassPermissionMayGoBack() {
        at("10:00:00");

        client.loginAs(Org.PERSON_USERNAME);
        assertRefused(at("09:00:00"), false);

        client.login();
        assertRefused(at("08:00:00"), true);
        assertRefused(at("09:30:00"), false);
    }

    @Test
    void aRuleCanBeSwitchedOff() {
        at("10:00:00");
        client.control("PUT", "/settings", "{\"inactiveRules\":[\"Account.Pivotal_Stale_Write\"]}");

        assertRefused(at("09:59:59"), false);

        client.control("PUT", "/settings", "{\"inactiveRules\":[]}");
        assertRefused(at("09:00:00"), true);
    }

    private Answer at(String time) {
        return client.upsert("Account", "Pivotal_Key__c", "t:1", named("Account", time("Pivotal_Updated_At__c", time)));
    }

    private static String emporix(String version, String time, String deleted) {
        return (version == null ? "" : ",\"Emporix_Version__c\":" + version)
                + (time == null ? "" : time("Emporix_Updated_At__c", time))
                + (deleted == null ? "" : ",\"Emporix_Deleted__c\":" + deleted);
    }

    private static String plain(String deleted, String time) {
        return ",\"Plain_Deleted__c\":" + deleted + time("Plain_Updated_At__c", time);
    }

    private static String time(String field, String time) {
        return ",\"" + field + "\":\"2026-05-01T" + time + "Z\"";
    }

    private static String named(String object, String members) {
        return switch (object) {
            case "Contact" -> "{\"LastName\":\"L\"" + members + "}";
            case "Pivotal_Task__c" -> "{\"Subject__c\":\"Call\"" + members + "}";
            default -> "{\"Name\":\"Acme\"" + members + "}";
        };
    }

    private static void assertRefused(Answer answer, boolean refused) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(refused ? 400 : 200);
        if (refused) {
            assertThat(answer.text()).contains("CRM_SYNC_STALE");
        }
    }
}
