package dev.crmsync.sandbox;

import static dev.crmsync.sandbox.CamelClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.api.dto.CreateSObjectResult;
import org.apache.camel.component.salesforce.api.dto.GlobalObjects;
import org.apache.camel.component.salesforce.api.dto.Limits;
import org.apache.camel.component.salesforce.api.dto.SObjectDescription;
import org.apache.camel.component.salesforce.api.dto.UpsertSObjectResult;
import org.apache.camel.component.salesforce.api.dto.Version;
import org.apache.camel.component.salesforce.api.dto.bulkv2.ContentTypeEnum;
import org.apache.camel.component.salesforce.api.dto.bulkv2.Job;
import org.apache.camel.component.salesforce.api.dto.bulkv2.JobStateEnum;
import org.apache.camel.component.salesforce.api.dto.bulkv2.OperationEnum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Camel's salesforce component makes of the sandbox, operation by operation. */
class CamelSalesforceTest {
    private static final String BY_PIVOTAL_KEY = "sObjectName=Account&sObjectIdName=Pivotal_Key__c";
    private static final String UPSERT_ACCOUNT = "upsertSObject?" + BY_PIVOTAL_KEY + "&rawPayload=true";
    private static final String UPSERT_CONTACTS =
            "compositeUpsertSObjectCollections?sObjectName=Contact&sObjectIdName=Emporix_Key__c";

    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private CamelClient camel;

    @BeforeEach
    void start() {
        camel = new CamelClient(sandbox.url());
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void upsertSObjectRaw() {
        assertThat(text(upsertAccount("org:cus_1/ä +", "{\"Name\":\"Acme\"}"))).contains("\"created\":true");
        assertThat(text(upsertAccount("org:cus_1/ä +", "{\"Phone\":\"1\"}"))).contains("\"created\":false");
        assertThat(sandbox.client().query("SELECT Pivotal_Key__c FROM Account").text())
                .contains("\"org:cus_1/ä +\"");
    }

    @Test
    void compositeUpsertSObjectCollections() {
        upsertAccount("p", "{\"Name\":\"Acme\"}");

        List<UpsertSObjectResult> results = upsertContacts(
                Map.of(
                        "attributes",
                        Map.of("type", "Contact"),
                        "Emporix_Key__c",
                        "t:1",
                        "LastName",
                        "Lee",
                        "Account",
                        Map.of("Pivotal_Key__c", "p")),
                Map.of("attributes", Map.of("type", "Contact"), "Emporix_Key__c", "t:2"));

        assertThat(results).extracting(UpsertSObjectResult::getSuccess).containsExactly(true, false);
        assertThat(results.get(0).getCreated()).isTrue();
        assertThat(results.get(0).getId()).startsWith("003");
        assertThat(results.get(1).getErrors().get(0).getErrorCode()).isEqualTo("REQUIRED_FIELD_MISSING");
    }

    @Test
    void twoHundredRowsInOneCall() {
        Object[] rows = IntStream.range(0, 200)
                .mapToObj(i -> Map.of(
                        "attributes", Map.of("type", "Contact"), "Emporix_Key__c", "t:" + i, "LastName", "L" + i))
                .toArray();

        assertThat(upsertContacts(rows))
                .hasSize(200)
                .allSatisfy(result -> assertThat(result.getSuccess()).isTrue());
    }

    @Test
    void getSObjectWithId() {
        upsertAccount("p", "{\"Name\":\"Acme\"}");

        Exchange found = camel.run("getSObjectWithId?" + BY_PIVOTAL_KEY + "&rawPayload=true", "p");

        assertThat(text(found)).contains("\"Name\":\"Acme\"");
    }

    @Test
    void createUpdateGetAndDeleteById() {
        CreateSObjectResult created = camel.run("createSObject?sObjectName=Account", "{\"Name\":\"Acme\"}")
                .getMessage()
                .getBody(CreateSObjectResult.class);
        assertThat(created.getSuccess()).isTrue();
        String id = created.getId();

        assertThat(camel.run("updateSObject?sObjectName=Account&sObjectId=" + id, "{\"Phone\":\"1\"}")
                        .getException())
                .isNull();
        assertThat(text(camel.run("getSObject?sObjectName=Account&sObjectFields=Phone&rawPayload=true", id)))
                .contains("\"Phone\":\"1\"");
        assertThat(camel.run("deleteSObject?sObjectName=Account", id).getException())
                .isNull();
        assertThat(CamelClient.failure(camel.run("getSObject?sObjectName=Account&rawPayload=true", id))
                        .getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void deleteSObjectWithId() {
        upsertAccount("p", "{\"Name\":\"Acme\"}");

        assertThat(camel.run("deleteSObjectWithId?" + BY_PIVOTAL_KEY, "p").getException())
                .isNull();
        assertThat(sandbox.client()
                        .query("SELECT Id FROM Account")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isZero();
    }

    @Test
    void queryAndQueryMore() {
        for (int i = 0; i < 3; i++) {
            upsertAccount("p" + i, "{\"Name\":\"A" + i + "\"}");
        }
        sandbox.client().control("PUT", "/settings", "{\"queryBatchSize\":2}");

        String first = text(camel.run("query?rawPayload=true", "SELECT Name FROM Account ORDER BY Name"));

        assertThat(first).contains("\"totalSize\":3", "\"A1\"").doesNotContain("\"A2\"");
        String next = first.replaceAll(".*\"nextRecordsUrl\":\"([^\"]*)\".*", "$1");
        assertThat(text(camel.run("queryMore?rawPayload=true", next))).contains("\"done\":true", "\"A2\"");
    }

    @Test
    void queryAll() {
        upsertAccount("p", "{\"Name\":\"Acme\"}");
        camel.run("deleteSObjectWithId?" + BY_PIVOTAL_KEY, "p");

        assertThat(text(camel.run("queryAll?rawPayload=true", "SELECT Name, IsDeleted FROM Account")))
                .contains("\"Name\":\"Acme\",\"IsDeleted\":true");
    }

    @Test
    void limits() {
        Limits limits = camel.run("limits", null).getMessage().getBody(Limits.class);

        assertThat(limits.getDailyApiRequests().getMax()).isEqualTo(5_000_000);
        assertThat(limits.getDailyApiRequests().getRemaining()).isEqualTo(4_999_999);
    }

    @Test
    void theUsageHeaderReachesTheMessage() {
        assertThat(upsertAccount("p", "{\"Name\":\"Acme\"}").getMessage().getHeader("Sforce-Limit-Info"))
                .isEqualTo("api-usage=1/5000000");
    }

    @Test
    void getDescriptionAndGlobalObjects() {
        SObjectDescription account = camel.run("getDescription?sObjectName=Account", null)
                .getMessage()
                .getBody(SObjectDescription.class);
        assertThat(account.getFields())
                .filteredOn(field -> field.getName().equals("Pivotal_Key__c"))
                .singleElement()
                .satisfies(field -> {
                    assertThat(field.isExternalId()).isTrue();
                    assertThat(field.getLength()).isEqualTo(128);
                });

        GlobalObjects all = camel.run("getGlobalObjects", null).getMessage().getBody(GlobalObjects.class);
        assertThat(all.getSobjects()).extracting("name").contains("Account", "Pivotal_Onboarding__c");
    }

    @Test
    void getVersions() {
        List<?> versions = camel.run("getVersions", null).getMessage().getBody(List.class);

        assertThat(versions).map(version -> ((Version) version).getVersion()).contains("62.0");
    }

    @Test
    void compositeRaw() {
        String answer = text(camel.run("composite?rawPayload=true&format=JSON", """
                {"compositeRequest":[
                  {"method":"POST","url":"/services/data/v62.0/sobjects/Account","referenceId":"a","body":{"Name":"Acme"}},
                  {"method":"POST","url":"/services/data/v62.0/sobjects/Contact","referenceId":"c",
                   "body":{"LastName":"L","AccountId":"@{a.id}"}}]}"""));

        assertThat(answer.split("\"httpStatusCode\":201", -1)).hasSize(3);
    }

    @Test
    void bulk2Upsert() {
        Job job = new Job();
        job.setObject("Contact");
        job.setOperation(OperationEnum.UPSERT);
        job.setExternalIdFieldName("Emporix_Key__c");
        job.setContentType(ContentTypeEnum.CSV);
        Job created = camel.run("bulk2CreateJob", job).getMessage().getBody(Job.class);
        Map<String, Object> id = Map.of("jobId", created.getId());
        camel.run("bulk2CreateBatch", "Emporix_Key__c,LastName\nt:1,Lee\nt:2,\n", id);
        camel.run("bulk2CloseJob", null, id);

        Job done = camel.run("bulk2GetJob", null, id).getMessage().getBody(Job.class);
        assertThat(done.getState()).isEqualTo(JobStateEnum.JOB_COMPLETE);
        assertThat(text(camel.run("bulk2GetSuccessfulResults", null, id))).contains("\"t:1\",\"Lee\"");
        assertThat(text(camel.run("bulk2GetFailedResults", null, id))).contains("REQUIRED_FIELD_MISSING");
    }

    private Exchange upsertAccount(String key, String row) {
        return camel.run(UPSERT_ACCOUNT, row, Map.of("sObjectIdValue", key));
    }

    @SuppressWarnings("unchecked")
    private List<UpsertSObjectResult> upsertContacts(Object... rows) {
        Exchange exchange = camel.run(UPSERT_CONTACTS, List.of(rows));
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(List.class);
    }
}
