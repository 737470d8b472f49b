package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Client.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaveRulesTest {
    private static final String TOO_LONG_FOR_A_FIRST_NAME = "x".repeat(41);

    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox(SandboxOptions.inMemory().withPackages(Metadata.upsertTable()));

    private Client client;

    @BeforeEach
    void client() {
        client = sandbox.client();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"FirstName":"Ann"}                          | REQUIRED_FIELD_MISSING          | Required fields are missing: [LastName]
            {"LastName":""}                              | REQUIRED_FIELD_MISSING          | Required fields are missing: [LastName]
            {"LastName":"L","FirstName":"%s"}            | STRING_TOO_LONG                 | First Name: data value too large: %s (max length=40)
            {"LastName":"L","Email":"a@b"}               | INVALID_EMAIL_ADDRESS           | Email: invalid email address: a@b
            {"LastName":"L","Email":"a b@c.de"}          | INVALID_EMAIL_ADDRESS           | Email: invalid email address: a b@c.de
            {"LastName":"L","Emporix_Version__c":1e18}   | NUMBER_OUTSIDE_VALID_RANGE      | Emporix Version: value outside of valid range
            {"LastName":"L","AccountId":"nonsense"}      | MALFORMED_ID                    | Account ID: id value of incorrect type: nonsense
            {"LastName":"L","AccountId":"001Qy0000ZZZZZZ"} | INVALID_CROSS_REFERENCE_KEY   | invalid cross reference id
            {"LastName":"L","AccountId":"005Qy0000000001"} | FIELD_INTEGRITY_EXCEPTION     | Account ID: id value of incorrect type: 005Qy0000000001
            {"LastName":"L","Emporix_Active__c":null}    | INVALID_TYPE_ON_FIELD_IN_RECORD | Emporix Active: value not of required type
            {"LastName":"L","CreatedDate":"2026-01-01T00:00:00Z"} | INVALID_FIELD_FOR_INSERT_UPDATE | Unable to create/update fields: CreatedDate
            {"LastName":"L","Name":"Ann L"}              | INVALID_FIELD_FOR_INSERT_UPDATE | Unable to create/update fields: Name
            {"LastName":"L","Nope__c":1}                 | INVALID_FIELD                   | No such column 'Nope__c' on sobject of type Contact
            {"LastName":"L","Account":"a"}               | INVALID_FIELD                   | The value provided for foreign key reference Account is not a nested SObject
            {"LastName":"L","Account":{"Pivotal_Key__c":"none"}} | INVALID_FIELD           | Foreign key external ID: none not found for field Pivotal_Key__c in entity Account
            {"LastName":"L","Account":{"Name":"Acme"}}   | INVALID_FIELD                   | Field name provided, Name is not an External ID or indexed field for Account
            {"LastName":7}                               | JSON_PARSER_ERROR               | Cannot deserialize instance of string from VALUE_NUMBER_INT value 7
            {"LastName":"L","Emporix_Active__c":"yes"}   | JSON_PARSER_ERROR               | Cannot deserialize instance of boolean from VALUE_STRING value yes
            {"LastName":"L","Emporix_Version__c":"new"}  | JSON_PARSER_ERROR               | Cannot deserialize instance of double from VALUE_STRING value new
            {"LastName":"L","Birthdate":"2026-02-30"}    | JSON_PARSER_ERROR               | Cannot deserialize instance of date from VALUE_STRING value 2026-02-30
            {"LastName":"L","Emporix_Updated_At__c":"2026-01-01T00:00:00"} | JSON_PARSER_ERROR | Cannot deserialize instance of datetime
            {"LastName":"L","Emporix_Key__c":"t:1"}      | INVALID_FIELD                   | The Emporix_Key__c field should not be specified in the sobject data.
            {"LastName":"L","Id":"003Qy0000000001"}      | INVALID_FIELD                   | The Id field should not be specified in the sobject data.
            {"LastName":                                 | JSON_PARSER_ERROR               | Unexpected character
            """)
    void aRowThatBreaksARuleIsRefused(String row, String errorCode, String message) {
        Answer answer = client.upsert("Contact", "Emporix_Key__c", "t:1", fill(row));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(errorCode);
        assertThat(answer.json().path(0).path("message").asText()).startsWith(fill(message));
        assertThat(contacts()).isEmpty();
    }

    @Test
    void aRestrictedPicklistTakesOnlyItsValues() {
        assertThat(client.data("POST", "/sobjects/UpsertTable__c", "{\"Size__c\":\"Medium\"}")
                        .errorCode())
                .isEqualTo("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
        assertThat(client.data("POST", "/sobjects/UpsertTable__c", "{\"Size__c\":\"Large\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void anOpenPicklistTakesAnything() {
        assertThat(client.data("POST", "/sobjects/Contact", "{\"LastName\":\"L\",\"Salutation\":\"Captain\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aFieldOutsideThePermissionSetIsInvisible() {
        assertThat(client.data("POST", "/sobjects/UpsertTable__c", "{\"Hidden__c\":\"x\"}")
                        .errorCode())
                .isEqualTo("INVALID_FIELD");
    }

    @Test
    void aRequiredFieldCannotBeCleared() {
        client.upsert("Contact", "Emporix_Key__c", "t:1", "{\"LastName\":\"L\"}");

        assertThat(client.upsert("Contact", "Emporix_Key__c", "t:1", "{\"LastName\":null}")
                        .errorCode())
                .isEqualTo("REQUIRED_FIELD_MISSING");
    }

    @Test
    void anAbsentFieldStaysAndANullClears() {
        client.upsert("Contact", "Emporix_Key__c", "t:1", "{\"LastName\":\"L\",\"Title\":\"Dr\",\"Phone\":\"1\"}");
        client.upsert("Contact", "Emporix_Key__c", "t:1", "{\"Title\":null}");

        JsonNode contact = contacts().path(0);
        assertThat(contact.path("Phone").asText()).isEqualTo("1");
        assertThat(contact.has("Title")).isFalse();
    }

    @Test
    void valuesAreKeptAsSalesforceKeepsThem() {
        client.upsert("Account", "Pivotal_Key__c", "p", """
                {"Name":"  Acme  ","Phone":"  ","Pivotal_Health_Score__c":7.256,"Pivotal_Display_Id__c":12,
                 "Pivotal_Updated_At__c":"2026-05-26T20:42:00.987+02:00","NumberOfEmployees":7}""");

        JsonNode account = client.get("/sobjects/Account/Pivotal_Key__c/p").json();
        assertThat(account.path("Name").asText()).isEqualTo("Acme");
        assertThat(account.path("Phone").isNull()).isTrue();
        assertThat(account.path("Pivotal_Health_Score__c").asText()).isEqualTo("7.26");
        assertThat(account.path("Pivotal_Display_Id__c").asText()).isEqualTo("12.0");
        assertThat(account.path("NumberOfEmployees").asText()).isEqualTo("7");
        assertThat(account.path("Pivotal_Updated_At__c").asText()).isEqualTo("2026-05-26T18:42:00.000+0000");
        assertThat(account.path("Pivotal_At_Risk__c").isBoolean()).isTrue();
    }

    @Test
    void anotherRecordsUniqueValueIsRefusedAndItsIdNamed() {
        String id = client.upsert("Contact", "Emporix_Key__c", "t:1", "{\"LastName\":\"One\"}")
                .json()
                .path("id")
                .asText();

        Answer answer = client.upsert(
                "Contact", "Plain_Customer_Key__c", "w:1", "{\"LastName\":\"Two\",\"Emporix_Key__c\":\"t:1\"}");

        assertThat(answer.errorCode()).isEqualTo("DUPLICATE_VALUE");
        assertThat(answer.json().path(0).path("message").asText())
                .isEqualTo("duplicate value found: Emporix_Key__c duplicates value on record with id: " + id);
    }

    @Test
    void keysTellUpperFromLowerCase() {
        client.upsert("Contact", "Emporix_Key__c", "t:a", "{\"LastName\":\"One\"}");

        assertThat(client.upsert("Contact", "Emporix_Key__c", "t:A", "{\"LastName\":\"Two\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aParentIsFoundByItsKey() {
        String account = client.upsert("Account", "Pivotal_Key__c", "p", "{\"Name\":\"Acme\"}")
                .json()
                .path("id")
                .asText();
        client.upsert(
                "Contact", "Emporix_Key__c", "t:1", "{\"LastName\":\"L\",\"Account\":{\"Pivotal_Key__c\":\"p\"}}");

        assertThat(contacts().path(0).path("AccountId").asText()).isEqualTo(account);
    }

    @Test
    void aTaskIsNumberedAndAnOnboardingWithoutNameIsNamedByItsId() {
        client.upsert("Pivotal_Task__c", "Pivotal_Key__c", "t", "{\"Subject__c\":\"Call\"}");
        String id = client.upsert("Pivotal_Onboarding__c", "Pivotal_Key__c", "o", "{}")
                .json()
                .path("id")
                .asText();

        assertThat(client.get("/sobjects/Pivotal_Task__c/Pivotal_Key__c/t")
                        .json()
                        .path("Name")
                        .asText())
                .isEqualTo("PT-000001");
        assertThat(client.get("/sobjects/Pivotal_Onboarding__c/" + id)
                        .json()
                        .path("Name")
                        .asText())
                .isEqualTo(id.substring(0, 15));
    }

    @Test
    void aRuleThatIsDeployedInactiveCanBeSwitchedOn() {
        String row = "{\"ExtId__c\":\"test\"}";
        assertThat(client.data("POST", "/sobjects/UpsertTable__c", row).status())
                .isEqualTo(201);

        client.control("PUT", "/settings", "{\"activeRules\":[\"UpsertTable__c.No_Test_Ids\"]}");

        assertThat(client.data("POST", "/sobjects/UpsertTable__c", row).errorCode())
                .isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
    }

    @Test
    void aSecondContactWithTheSameAddressMeetsTheDuplicateRule() {
        client.control("PUT", "/settings", "{\"duplicateRule\":\"ALERT\"}");
        String row = "{\"LastName\":\"L\",\"Email\":\"%s\"}";
        client.data("POST", "/sobjects/Contact", row.formatted("a@example.com"));

        Answer refused = client.data("POST", "/sobjects/Contact", row.formatted("A@Example.com"));
        assertThat(refused.errorCode()).isEqualTo("DUPLICATES_DETECTED");
        assertThat(refused.json()
                        .path(0)
                        .path("duplicateResult")
                        .path("allowSave")
                        .asBoolean())
                .isTrue();
        assertThat(refused.json()
                        .findPath("matchRecords")
                        .path(0)
                        .findPath("Id")
                        .asText())
                .startsWith("003");

        assertThat(allowed(row).status()).isEqualTo(201);
        client.control("PUT", "/settings", "{\"duplicateRule\":\"BLOCK\"}");
        assertThat(allowed(row).errorCode()).isEqualTo("DUPLICATES_DETECTED");
    }

    @Test
    void withoutThePermissionSetThePackageIsInvisible() {
        client.control("PUT", "/settings", "{\"permissionSetAssigned\":false}");

        Answer upsert = client.upsert("Account", "Pivotal_Key__c", "p", "{\"Name\":\"Acme\"}");
        assertThat(upsert.status()).isEqualTo(404);
        assertThat(upsert.json().path(0).path("message").asText())
                .isEqualTo("Provided external ID field does not exist or is not accessible: Pivotal_Key__c");
        assertThat(client.data("POST", "/sobjects/Account", "{\"Name\":\"A\",\"Pivotal_At_Risk__c\":true}")
                        .errorCode())
                .isEqualTo("INVALID_FIELD");
    }

    private Answer allowed(String row) {
        return client.data(
                "POST",
                "/sobjects/Contact",
                row.formatted("a@example.com"),
                "Sforce-Duplicate-Rule-Header",
                "allowSave=true");
    }

    private JsonNode contacts() {
        return client.control("GET", "/state?object=Contact", "").json().path("Contact");
    }

    private static String fill(String text) {
        return text.replace("%s", TOO_LONG_FOR_A_FIRST_NAME);
    }
}
