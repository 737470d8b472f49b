package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BulkTest {
    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    private Client client;

    @BeforeEach
    void client() {
        client = sandbox.client();
    }

    @Test
    void aJobUpsertsItsLines() {
        client.upsert("Account", "Pivotal_Key__c", "p", "{\"Name\":\"Acme\"}");
        String job = job("upsert", "Contact", ",\"externalIdFieldName\":\"Emporix_Key__c\"");
        upload(job, """
                Emporix_Key__c,LastName,Title,Account.Pivotal_Key__c
                t:1,"Lee, ""A\""",Dr,p
                t:2,,,
                """);

        JsonNode done = client.get("/jobs/ingest/" + job).json();
        assertThat(done.path("state").asText()).isEqualTo("JobComplete");
        assertThat(done.path("numberRecordsProcessed").asInt()).isEqualTo(2);
        assertThat(done.path("numberRecordsFailed").asInt()).isEqualTo(1);
        String successful = results(job, "successfulResults");
        assertThat(successful).startsWith("\"sf__Id\",\"sf__Created\",\"Emporix_Key__c\"");
        assertThat(successful).contains("\"true\",\"t:1\",\"Lee, \"\"A\"\"\"");
        assertThat(results(job, "failedResults"))
                .contains("\"REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --\",\"t:2\"");
        assertThat(client.query("SELECT Account.Name FROM Contact")
                        .json()
                        .findPath("Account")
                        .path("Name")
                        .asText())
                .isEqualTo("Acme");
    }

    @Test
    void anEmptyCellLeavesAndAMarkClears() {
        client.upsert("Contact", "Emporix_Key__c", "t:1", "{\"LastName\":\"L\",\"Title\":\"Dr\",\"Phone\":\"1\"}");
        String job = job("upsert", "Contact", ",\"externalIdFieldName\":\"Emporix_Key__c\"");
        upload(job, "Emporix_Key__c,Title,Phone\nt:1,,#N/A\n");

        JsonNode contact = client.get("/sobjects/Contact/Emporix_Key__c/t:1").json();
        assertThat(contact.path("Title").asText()).isEqualTo("Dr");
        assertThat(contact.path("Phone").isNull()).isTrue();
    }

    @Test
    void anUnknownColumnFailsTheJob() {
        String job = job("insert", "Contact", "");
        upload(job, "LastName,Nope__c\nL,1\n");

        JsonNode failed = client.get("/jobs/ingest/" + job).json();
        assertThat(failed.path("state").asText()).isEqualTo("Failed");
        assertThat(failed.path("errorMessage").asText()).isEqualTo("InvalidBatch : Field name not found : Nope__c");
        assertThat(results(job, "unprocessedrecords")).contains("\"L\",\"1\"");
    }

    @Test
    void aClosedJobTakesNoMoreLines() {
        String job = job("insert", "Contact", "");
        upload(job, "LastName\nL\n");

        assertThat(client.data("PUT", "/jobs/ingest/" + job + "/batches", "LastName\nM\n")
                        .errorCode())
                .isEqualTo("INVALIDJOBSTATE");
    }

    @Test
    void recordsAreDeletedByTheirIds() {
        String id = client.upsert("Contact", "Emporix_Key__c", "t:1", "{\"LastName\":\"L\"}")
                .json()
                .path("id")
                .asText();
        upload(job("delete", "Contact", ""), "Id\n" + id + "\n");

        assertThat(client.query("SELECT COUNT() FROM Contact")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isZero();
    }

    private String job(String operation, String object, String more) {
        JsonNode job = client.data(
                        "POST",
                        "/jobs/ingest",
                        "{\"operation\":\"" + operation + "\",\"object\":\"" + object
                                + "\",\"contentType\":\"CSV\",\"lineEnding\":\"LF\"" + more + "}")
                .json();
        assertThat(job.path("state").asText()).isEqualTo("Open");
        return job.path("id").asText();
    }

    private void upload(String job, String csv) {
        assertThat(client.data("PUT", "/jobs/ingest/" + job + "/batches", csv).status())
                .isEqualTo(201);
        assertThat(client.data("PATCH", "/jobs/ingest/" + job, "{\"state\":\"UploadComplete\"}")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("UploadComplete");
    }

    private String results(String job, String kind) {
        return client.get("/jobs/ingest/" + job + "/" + kind).text();
    }
}
