package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.check.Finding;
import dev.crmsync.check.Finding.Severity;
import dev.crmsync.check.OrgField;
import dev.crmsync.check.OrgObject;
import dev.crmsync.check.OrgSchema;
import dev.crmsync.check.RouteCheck;
import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCheckTest {

    private static final String KEY = "Plain_Customer_Key__c: key(.id)";
    private static final String CONTACT = KEY + ", LastName: \"Lee\"";

    private static Sandbox org;
    private static DescribedSchema described;

    @TempDir
    private Path routes;

    @BeforeAll
    static void start() {
        org = Sandbox.start(SandboxOptions.inMemory());
        described = new DescribedSchema(SandboxLogin.to(org.url()));
    }

    @AfterAll
    static void stop() {
        described.close();
        org.close();
    }

    @Test
    void ourOwnRoutesFitOurMetadata() throws IOException {
        assertThat(new RouteCheck(new PackagedSchema(List.of()))
                        .check(Path.of("routes"))
                        .findings())
                .isEmpty();
    }

    @Test
    void ourOwnRoutesFitTheOrgsOwnDescription() throws IOException {
        assertThat(new RouteCheck(described).check(Path.of("routes")).findings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "FirstNmae: \"Ann\" ~ FirstNmae ~ did you mean FirstName?",
                "Shoe_Size__c: 42 ~ Shoe_Size__c ~ Contact has no such field",
                "Name: \"Ann Lee\" ~ Name ~ cannot be written",
                "LastModifiedDate: header(\"occurredAt\") ~ LastModifiedDate ~ cannot be written",
                "Salutation: (.title | fit(900)) ~ Salutation ~ up to 900 characters",
                "FirstName: (.name | fit(80)) ~ FirstName ~ up to 80 characters, the field takes 40",
                "Title: ((.a | fit(100)) + (.b | fit(29))) ~ Title ~ up to 129 characters, the field takes 128",
                "MailingPostalCode: \"a code of too many characters\" ~ MailingPostalCode ~ the field takes 20",
                "LastName: null ~ LastName ~ null into a required field",
                "LastName: \"\" ~ LastName ~ empty text into a required field",
                "Plain_Deleted__c: null ~ Plain_Deleted__c ~ null into a checkbox",
                "Plain_Deleted__c: \"yes\" ~ Plain_Deleted__c ~ the text \"yes\" into a field that takes true or false",
                "Plain_Deleted__c: 1 ~ Plain_Deleted__c ~ 1 into a field that takes true or false",
                "Emporix_Version__c: \"seven\" ~ Emporix_Version__c ~ into a field that takes numbers",
                "Emporix_Version__c: (. == 7) ~ Emporix_Version__c ~ true or false into a field that takes numbers",
                "Title: 7 ~ Title ~ 7 into a field that takes text",
                "Title: [.title] ~ Title ~ an array into a field that takes text",
                "Plain_Updated_At__c: \"yesterday\" ~ Plain_Updated_At__c ~ into a field that takes a time",
                "AccountId: \"Acme\" ~ AccountId ~ into a field that takes the id of a record",
                "Acount: {Pivotal_Key__c: .a} ~ Acount ~ did you mean Account?",
                "Account: {Pivotal_Kee__c: .a} ~ Account.Pivotal_Kee__c ~ did you mean Pivotal_Key__c?",
                "Account: {Name: .a} ~ Account.Name ~ no external id of Account",
                "Account: \"acme\" ~ Account ~ a relation takes an object",
            })
    void aFieldThatTheOrgWouldRefuseIsAnError(String mapped, String field, String message) throws IOException {
        upsert("Contact", "key: Plain_Customer_Key__c", "{" + CONTACT + ", " + mapped + "}");

        assertThat(findings(described)).isEqualTo(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.file()).endsWith("broken.camel.yaml");
            assertThat(finding.route()).isEqualTo("broken");
            assertThat(finding.field()).isEqualTo(field);
            assertThat(finding.message()).contains(message);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "Title: .title ~ Title ~ a text of any length, the field takes 128: use fit(128)",
                "Title: given(.title) ~ Title ~ use fit(128)",
                "Title: (\"Head of \" + .title) ~ Title ~ use fit(128)",
                "Email: .email ~ Email ~ use email",
                "LastName: given(.name; fit(80)) ~ LastName ~ null when the source sends null",
                "Plain_Deleted__c: given(.x; . == 1) ~ Plain_Deleted__c ~ use flag(",
                "Account: .account ~ Account ~ cannot be read",
            })
    void aFieldThatTheOrgMayRefuseIsAWarning(String mapped, String field, String message) throws IOException {
        upsert("Contact", "key: Plain_Customer_Key__c", "{" + CONTACT + ", " + mapped + "}");

        assertThat(findings(described)).isEqualTo(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.field()).isEqualTo(field);
            assertThat(finding.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Title: (.title | fit(128))",
                "Title: null",
                "Email: given(.email; email)",
                "Title: header(\"type\")",
                "Emporix_Version__c: (.version | tonumber)",
                "Birthdate: .born[0:10]",
                "Birthdate: \"1990-02-28\"",
                "Plain_Updated_At__c: \"2026-05-26T18:42:00.000+0000\"",
                "Plain_Updated_At__c: message_created_at(header(\"svix-id\"); header(\"svix-timestamp\"))",
                "Plain_Deleted__c: flag(.deleted)",
                "Account: ref(\"Pivotal_Key__c\"; .a)",
                "Plain_Deleted__c: flag(.deleted; false)",
                "Title: (.title | filled | fit(128))",
                "Account: (if .a then {Pivotal_Key__c: .a, attributes: {type: \"Account\"}} else absent end)",
            })
    void aFieldThatTheOrgTakesIsNoFinding(String mapped) throws IOException {
        upsert("Contact", "key: Plain_Customer_Key__c", "{" + CONTACT + ", " + mapped + "}");

        assertThat(findings()).isEmpty();
    }

    @Test
    void anUnknownObjectIsAnError() throws IOException {
        upsert("Kontakt", "key: Plain_Customer_Key__c", "{" + CONTACT + "}");

        assertThat(findings(described)).isEqualTo(findings());
        assertOneError("", "the org has no object Kontakt");
    }

    @Test
    void aKeyThatIsNoExternalIdIsAnError() throws IOException {
        upsert("Contact", "key: Email", "{Email: (.email | email), LastName: \"Lee\"}");

        assertOneError("Email", "the key is no external id");
    }

    @Test
    void aKeyThatTheMappingDoesNotSetIsAnError() throws IOException {
        upsert("Contact", "key: Emporix_Key__c", "{" + CONTACT + "}");

        assertOneError("Emporix_Key__c", "the key is missing from the mapping");
    }

    @Test
    void aKeyThatTheMappingMayLeaveOutIsAnError() throws IOException {
        upsert(
                "Contact",
                "key: Plain_Customer_Key__c",
                "{LastName: \"Lee\"} + (if .id then {" + KEY + "} else {} end)");

        assertOneError("Plain_Customer_Key__c", "can leave the key out");
    }

    @Test
    void aKeyThatIsGluedTogetherIsAWarning() throws IOException {
        upsert(
                "Contact",
                "key: Plain_Customer_Key__c",
                "{Plain_Customer_Key__c: (header(\"tenant\") + \":\" + .id), LastName: \"Lee\","
                        + " Account: {Pivotal_Key__c: \"\\(header(\"tenant\")):\\(.a)\"}}");

        assertThat(findings())
                .allMatch(finding -> finding.severity() == Severity.WARNING
                        && finding.message().contains("is glued together"))
                .extracting(Finding::field)
                .containsExactlyInAnyOrder("Plain_Customer_Key__c", "Account.Pivotal_Key__c");
    }

    @Test
    void aKeyThatDoesNotTellUpperFromLowerCaseIsAnError() throws IOException {
        OrgSchema sloppy = name -> new PackagedSchema(List.of())
                .object(name)
                .map(object -> new OrgObject(
                        object.name(),
                        object.fields().stream()
                                .map(RouteCheckTest::withoutCase)
                                .toList()));
        upsert("Contact", "key: Plain_Customer_Key__c", "{" + CONTACT + "}");

        assertThat(findings(sloppy))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("upper from lower case"));
    }

    private static OrgField withoutCase(OrgField field) {
        return new OrgField(
                field.name(),
                field.kind(),
                field.length(),
                field.writable(),
                field.required(),
                field.externalId(),
                false,
                field.relation(),
                field.parents());
    }

    @Test
    void anUnknownKeyIsAnError() throws IOException {
        upsert("Contact", "key: Plain_Custmer_Key__c", "{LastName: \"Lee\", Plain_Custmer_Key__c: .id}");

        assertThat(findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("did you mean Plain_Customer_Key__c?"));
    }

    @Test
    void aMissingRequiredFieldIsAnErrorUnlessOnlyExistingRecordsChange() throws IOException {
        upsert("Contact", "key: Plain_Customer_Key__c", "{" + KEY + "}");
        assertOneError("LastName", "no record can be created");

        upsert("Contact", "key: Plain_Customer_Key__c\n            onlyExisting: true", "{" + KEY + "}");
        assertThat(findings()).isEmpty();
    }

    @Test
    void aMappingThatCannotBeReadIsAWarning() throws IOException {
        upsert("Contact", "key: Plain_Customer_Key__c", ".payload.customer");

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.message()).startsWith("not checked: ");
        });
    }

    @Test
    void aMappingThatIsNoJqIsAnError() throws IOException {
        upsert("Contact", "key: Plain_Customer_Key__c", "{LastName: }");

        assertOneError("", "the mapping is no jq");
    }

    @Test
    void theMappingOfAVariableIsHeldAgainstTheStepThatSendsIt() throws IOException {
        write("""
                - route:
                    id: broken
                    from:
                      uri: direct:broken
                      steps:
                        - setVariable:
                            name: company
                            expression:
                              jq:
                                expression: '{Pivotal_Key__c: .id, Name: "Acme", Nmae: 1}'
                        - setBody:
                            expression:
                              jq: .other
                        - to:
                            uri: upsert:Account?key=Pivotal_Key__c
                            variableSend: company
                """);

        assertOneError("Nmae", "did you mean Name?");
    }

    @Test
    void everyBranchThatSetsTheBodyIsHeldAgainstTheStepAfterThem() throws IOException {
        write("""
                - route:
                    id: broken
                    from:
                      uri: direct:broken
                      steps:
                        - choice:
                            when:
                              - simple: "${header.type} == 'a'"
                                steps:
                                  - setBody:
                                      expression:
                                        jq:
                                          expression: '{Pivotal_Key__c: .id, Name: "A", First: 1}'
                            otherwise:
                              steps:
                                - setBody:
                                    expression:
                                      jq:
                                        expression: '{Pivotal_Key__c: .id, Name: "B", Second: 2}'
                        - to:
                            uri: upsert:Account
                            parameters:
                              key: Pivotal_Key__c
                """);

        assertThat(findings()).extracting(Finding::field).containsExactlyInAnyOrder("First", "Second");
    }

    @Test
    void aBodyThatTheRouteDoesNotMakeIsAWarning() throws IOException {
        write("""
                - route:
                    id: broken
                    from:
                      uri: direct:broken
                      steps:
                        - to:
                            uri: upsert:Account
                            parameters:
                              key: Pivotal_Key__c
                """);

        assertThat(findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("the route does not make what it sends"));
    }

    private void assertOneError(String field, String message) throws IOException {
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.field()).isEqualTo(field);
            assertThat(finding.message()).contains(message);
        });
    }

    private List<Finding> findings() throws IOException {
        return findings(new PackagedSchema(List.of()));
    }

    private List<Finding> findings(OrgSchema schema) throws IOException {
        return new RouteCheck(schema).check(routes).findings();
    }

    private void upsert(String object, String parameters, String jq) throws IOException {
        write("""
                - route:
                    id: broken
                    from:
                      uri: direct:broken
                      steps:
                        - setBody:
                            expression:
                              jq:
                                expression: |-
                                  %s
                        - to:
                            uri: upsert:%s
                            parameters:
                              %s
                """.formatted(jq, object, parameters.replace("\n            ", "\n              ")));
    }

    private void write(String yaml) throws IOException {
        Files.writeString(routes.resolve("broken.camel.yaml"), yaml);
    }
}
