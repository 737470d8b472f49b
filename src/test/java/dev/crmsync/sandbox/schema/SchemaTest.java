package dev.crmsync.sandbox.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private static final Path PACKAGE = Path.of("src/main/salesforce");
    private static final String BYPASS = "Crm_Sync_Bypass_Stale_Rules";

    /** Characters that Salesforce takes for the message of a validation rule. */
    private static final int LONGEST_ERROR_MESSAGE = 255;

    private final Schema schema = Schema.deployed();

    @ParameterizedTest
    @CsvSource({
        "Account,Pivotal_Key__c",
        "Account,Emporix_Company_Key__c",
        "Account,Plain_Account_Key__c",
        "Contact,Pivotal_Contact_Key__c",
        "Contact,Emporix_Key__c",
        "Contact,Plain_Customer_Key__c",
        "Pivotal_Onboarding__c,Pivotal_Key__c",
        "Pivotal_Task__c,Pivotal_Key__c"
    })
    void keysAreUniqueAndTellCasesApart(String object, String name) {
        Field key = field(object, name);

        assertThat(key.key()).isEqualTo(new Field.Key(true, true, true, true));
        assertThat(key.type()).isEqualTo(FieldType.STRING);
        assertThat(key.length()).isEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({
        "Account,Name,STRING,255",
        "Account,Plain_Domains__c,TEXTAREA,32768",
        "Account,Pivotal_Last_Event__c,STRING,80",
        "Contact,LastName,STRING,80",
        "Contact,FirstName,STRING,40",
        "Contact,Email,EMAIL,80",
        "Contact,MailingPostalCode,STRING,20",
        "Contact,Emporix_Login_Email__c,EMAIL,80",
        "Pivotal_Onboarding__c,Name,STRING,80",
        "Pivotal_Onboarding__c,Target_Launch_Date__c,DATE,0",
        "Pivotal_Task__c,Completed_At__c,DATETIME,0"
    })
    void fieldsHaveTypeAndLength(String object, String name, FieldType type, int length) {
        assertThat(field(object, name).type()).isEqualTo(type);
        assertThat(field(object, name).length()).isEqualTo(length);
    }

    @Test
    void numbersHavePrecisionAndScale() {
        Field score = field("Account", "Pivotal_Health_Score__c");
        assertThat(score.precision()).isEqualTo(5);
        assertThat(score.scale()).isEqualTo(2);
    }

    @Test
    void lookupsLeadToTheirParents() {
        Field onboarding = field("Pivotal_Task__c", "Onboarding__c");
        assertThat(onboarding.reference().orElseThrow().to()).containsExactly("Pivotal_Onboarding__c");
        assertThat(schema.type("Contact").orElseThrow().relation("Account")).contains(field("Contact", "AccountId"));
    }

    @Test
    void namesAreFoundWhateverTheirCase() {
        assertThat(schema.type("account").orElseThrow().field("pivotal_key__C"))
                .contains(field("Account", "Pivotal_Key__c"));
    }

    @Test
    void withoutThePackageNothingOfItIsThere() {
        Schema bare = Schema.standardOnly();
        assertThat(bare.type("Pivotal_Task__c")).isEmpty();
        assertThat(bare.type("Account").orElseThrow().field("Pivotal_Key__c")).isEmpty();
        assertThat(bare.type("Account").orElseThrow().field("Name")).isPresent();
    }

    @Test
    void staleWriteRulesAreDeployedActiveAndLetThePermittedPass() {
        assertThat(schema.types().stream().flatMap(type -> type.validationRules().stream()))
                .hasSize(8)
                .allSatisfy(rule -> {
                    assertThat(rule.active()).isTrue();
                    assertThat(rule.errorConditionFormula())
                            .contains("NOT($Permission.Crm_Sync_Bypass_Stale_Rules),", "NOT(ISNEW()),");
                    assertThat(rule.errorMessage()).startsWith("CRM_SYNC_STALE: ");
                    assertThat(rule.errorMessage().length()).isLessThanOrEqualTo(LONGEST_ERROR_MESSAGE);
                });
    }

    @Test
    void everyTimeThatOrdersARecordHasItsRule() {
        Set<String> times = new TreeSet<>();
        Set<String> guarded = new TreeSet<>();
        for (SObjectType type : schema.types()) {
            type.fields().forEach(field -> {
                if (field.name().endsWith("Updated_At__c")) {
                    times.add(type.name() + "." + field.name());
                }
            });
            type.validationRules()
                    .forEach(rule ->
                            guarded.add(type.name() + "." + rule.errorField().orElseThrow()));
        }
        assertThat(guarded).isEqualTo(times);
    }

    @Test
    void onlyPeopleMayBypassTheStaleWriteRules() {
        assertThat(schema.customPermissions()).containsExactly(BYPASS);
        assertThat(schema.customPermissionsOfIntegrationUser()).isEmpty();
        assertThat(permissionSet("Crm_Sync_Correct_Records").customPermissions())
                .containsExactly(BYPASS);
    }

    @Test
    void theManifestNamesEveryFileOfThePackageAndNoOther() throws IOException {
        Set<String> onDisk = new TreeSet<>();
        try (Stream<Path> files = Files.walk(PACKAGE.resolve("force-app"))) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith("-meta.xml"))
                    .forEach(name -> onDisk.add(member(name)));
        }
        Set<String> inManifest = new TreeSet<>();
        for (MetadataXml types :
                MetadataSource.directory(PACKAGE).xml("manifest/package.xml").children("types")) {
            types.children("members").forEach(member -> inManifest.add(types.required("name") + ":" + member.text()));
        }
        assertThat(inManifest).isEqualTo(onDisk);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Crm_Sync", "Crm_Sync_Correct_Records"})
    void aPermissionSetCoversEveryCustomFieldThatIsNotRequired(String permissionSet) {
        List<String> fields = MetadataSource.directory(PACKAGE).xml("manifest/package.xml").children("types").stream()
                .filter(types -> types.required("name").equals("CustomField"))
                .flatMap(types -> types.children("members").stream())
                .map(MetadataXml::text)
                .toList();
        assertThat(permissionSet(permissionSet).fields()).containsExactlyInAnyOrderElementsOf(fields);
    }

    private static PermissionSet permissionSet(String name) {
        return new MetadataPackage(MetadataSource.directory(PACKAGE))
                .permissionSets().stream()
                        .filter(set -> set.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private Field field(String object, String name) {
        return schema.type(object).orElseThrow().field(name).orElseThrow();
    }

    private static String member(String file) {
        String[] path = file.replace('\\', '/').split("/");
        String last = path[path.length - 1];
        String name = last.substring(0, last.indexOf('.'));
        String object = path[path.length - 3];
        if (last.endsWith(".field-meta.xml")) {
            return "CustomField:" + object + "." + name;
        }
        if (last.endsWith(".validationRule-meta.xml")) {
            return "ValidationRule:" + object + "." + name;
        }
        if (last.endsWith(".customPermission-meta.xml")) {
            return "CustomPermission:" + name;
        }
        return (last.endsWith(".object-meta.xml") ? "CustomObject:" : "PermissionSet:") + name;
    }
}
