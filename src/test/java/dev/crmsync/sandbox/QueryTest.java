package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Client.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private Client client;

    @BeforeEach
    void threeAccountsAndTwoContacts() {
        client = sandbox.client();
        account("a", "{\"Name\":\"Acme\",\"Pivotal_Health_Score__c\":9.5,\"Pivotal_At_Risk__c\":true}");
        account(
                "b",
                "{\"Name\":\"Bolt_1\",\"Pivotal_Health_Score__c\":3,\"Pivotal_Updated_At__c\":\"2026-05-26T18:42:00Z\"}");
        account("c", "{\"Name\":\"O'Hara's\",\"Phone\":\"123\"}");
        client.upsert(
                "Contact",
                "Emporix_Key__c",
                "t:1",
                "{\"LastName\":\"Lee\",\"FirstName\":\"Ann\",\"Email\":\"Ann@Example.com\",\"Account\":{\"Pivotal_Key__c\":\"a\"}}");
        client.upsert("Contact", "Emporix_Key__c", "t:2", "{\"LastName\":\"Moe\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Name = 'Acme'                                        | Acme
            name = 'ACME'                                        | Acme
            Name != 'Acme'                                       | Bolt_1,O'Hara's
            Name <> 'Acme' AND Phone = null                      | Bolt_1
            Name LIKE 'a%'                                       | Acme
            Name LIKE 'Bolt\\_1'                                 | Bolt_1
            Name LIKE 'Acm\\_'                                   |
            Name LIKE '_cme'                                     | Acme
            Name = 'O\\'Hara\\'s'                                | O'Hara's
            Name IN ('Acme', 'O\\'Hara\\'s')                     | Acme,O'Hara's
            Name NOT IN ('Acme')                                 | Bolt_1,O'Hara's
            (Name = 'Acme' OR Phone = '123') AND Name LIKE '%a%' | Acme,O'Hara's
            NOT Name LIKE 'A%'                                   | Bolt_1,O'Hara's
            Pivotal_Health_Score__c > 3                          | Acme
            Pivotal_Health_Score__c >= 3.0                       | Acme,Bolt_1
            Pivotal_Health_Score__c = null                       | O'Hara's
            Pivotal_At_Risk__c = false                           | Bolt_1,O'Hara's
            Pivotal_At_Risk__c = TRUE                            | Acme
            Pivotal_Updated_At__c < 2026-05-26T18:42:01Z         | Bolt_1
            Pivotal_Updated_At__c = 2026-05-26T20:42:00+02:00    | Bolt_1
            CreatedDate >= LAST_N_DAYS:2                         | Acme,Bolt_1,O'Hara's
            CreatedDate < YESTERDAY                              |
            Pivotal_Key__c = 'a'                                 | Acme
            Pivotal_Key__c = 'A'                                 |
            Pivotal_Key__c IN ('c', 'a', 'zz') AND Name != 'x'   | Acme,O'Hara's
            """)
    void conditionsSelectRecords(String condition, String names) {
        assertThat(names("SELECT Name FROM Account WHERE " + condition + " ORDER BY Name"))
                .containsExactlyElementsOf(names == null ? List.of() : List.of(names.split(",")));
    }

    @Test
    void recordsComeInTheOrderAskedFor() {
        assertThat(names("SELECT Name FROM Account ORDER BY Pivotal_Health_Score__c DESC NULLS LAST"))
                .containsExactly("Acme", "Bolt_1", "O'Hara's");
        assertThat(names("SELECT Name FROM Account ORDER BY Pivotal_Health_Score__c, Name LIMIT 2"))
                .containsExactly("O'Hara's", "Bolt_1");
        assertThat(names("SELECT Name FROM Account ORDER BY Name LIMIT 1 OFFSET 1"))
                .containsExactly("Bolt_1");
    }

    @Test
    void parentsAreReachedByTheirRelationship() {
        JsonNode contact = client.query(
                        "SELECT Name, Account.Name, Account.Owner.Username FROM Contact WHERE Account.Name = 'Acme'")
                .json()
                .path("records")
                .path(0);

        assertThat(contact.path("Name").asText()).isEqualTo("Ann Lee");
        assertThat(contact.path("Account").path("Name").asText()).isEqualTo("Acme");
        assertThat(contact.path("Account").path("attributes").path("type").asText())
                .isEqualTo("Account");
        assertThat(contact.path("Account").path("Owner").path("Username").asText())
                .contains("@");
    }

    @Test
    void aParentThatIsNotThereIsNull() {
        assertThat(client.query("SELECT Account.Name FROM Contact WHERE LastName = 'Moe'")
                        .json()
                        .path("records")
                        .path(0)
                        .path("Account")
                        .isNull())
                .isTrue();
    }

    @Test
    void emailAddressesAreFoundWhateverTheirCase() {
        assertThat(client.query("SELECT Id FROM Contact WHERE Email IN ('ann@example.COM')")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void countsAreNumbers() {
        JsonNode count = client.query("SELECT COUNT() FROM Account").json();
        assertThat(count.path("totalSize").asInt()).isEqualTo(3);
        assertThat(count.path("records")).isEmpty();
        assertThat(client.query("SELECT COUNT(Id) n FROM Account WHERE Name = 'Acme'")
                        .json()
                        .path("records")
                        .path(0)
                        .path("n")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theOrganizationTellsThatItIsASandbox() {
        JsonNode org = client.query("SELECT Id, IsSandbox FROM Organization")
                .json()
                .path("records")
                .path(0);
        assertThat(org.path("Id").asText()).startsWith("00D").hasSize(18);
        assertThat(org.path("IsSandbox").asBoolean()).isTrue();
    }

    @Test
    void longResultsComeInPages() {
        client.control("PUT", "/settings", "{\"queryBatchSize\": 2}");
        JsonNode first = client.query("SELECT Name FROM Account ORDER BY Name").json();
        assertThat(first.path("totalSize").asInt()).isEqualTo(3);
        assertThat(first.path("done").asBoolean()).isFalse();
        assertThat(first.path("records")).hasSize(2);

        JsonNode second =
                client.call("GET", first.path("nextRecordsUrl").asText(), "").json();
        assertThat(second.path("done").asBoolean()).isTrue();
        assertThat(second.path("records").path(0).path("Name").asText()).isEqualTo("O'Hara's");
        assertThat(client.get("/query/01gnothing-2").errorCode()).isEqualTo("INVALID_QUERY_LOCATOR");
    }

    @Test
    void deletedRecordsShowOnlyInQueryAll() {
        client.data("DELETE", "/sobjects/Account/Pivotal_Key__c/a", "");

        assertThat(names("SELECT Name FROM Account ORDER BY Name")).containsExactly("Bolt_1", "O'Hara's");
        Answer all = client.get("/queryAll?q=" + Client.encoded("SELECT Name FROM Account WHERE IsDeleted = true"));
        assertThat(all.json().path("records").findValuesAsText("Name")).containsExactly("Acme");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT Id FROM Nothing                           | INVALID_TYPE
            SELECT Nope FROM Account                         | INVALID_FIELD
            SELECT Id FROM Account WHERE Nope = 1            | INVALID_FIELD
            SELECT Id FROM Account WHERE Name = 1            | INVALID_FIELD
            SELECT Id FROM Account WHERE Description = '1'   | INVALID_FIELD
            SELECT Id FROM Account WHERE Name = 'open        | MALFORMED_QUERY
            SELECT Id FROM Account WHERE A = '1' OR B = '2' AND C = '3' | MALFORMED_QUERY
            SELECT FROM Account                              | MALFORMED_QUERY
            SELECT Id FROM Account LIMIT x                   | MALFORMED_QUERY
            SELECT FIELDS(ALL) FROM Account                  | MALFORMED_QUERY
            """, quoteCharacter = '"')
    void wrongQueriesAreRefused(String soql, String errorCode) {
        Answer answer = client.query(soql);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(errorCode);
    }

    private List<String> names(String soql) {
        return client.query(soql).json().path("records").findValuesAsText("Name");
    }

    private void account(String key, String row) {
        assertThat(client.upsert("Account", "Pivotal_Key__c", key, row).status())
                .isEqualTo(201);
    }
}
