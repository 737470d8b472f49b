package dev.crmsync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The traps of camel-salesforce: each test first shows that the plain component falls into it, then that {@code
 * upsert:} does not.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TrapsTest {

    private static final String LEE = "{\"Emporix_Key__c\":\"t:lee\",\"LastName\":\"Lee\"}";

    private static UpsertOrg org;

    @BeforeAll
    static void start() {
        org = new UpsertOrg(Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        org.close();
    }

    @AfterEach
    void heal() {
        org.heal();
    }

    @Test
    void t1ALoginThatAGatewayAnswersWith401DoesNotHang() throws InterruptedException {
        org.fault("{\"kind\":\"http\",\"operation\":\"token\",\"status\":401,\"body\":\"<html>who are you?</html>\"}");
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (PlainSalesforce plain = new PlainSalesforce(org.url())) {
            Future<Exchange> hanging = caller.submit(plain::upsertLee);
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> !hanging.isDone());
            caller.shutdownNow();
            assertThat(caller.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }

        org.control("POST", "/sessions/expire", "");
        assertThat(org.failure(LEE))
                .isInstanceOf(ConfigurationFailureException.class)
                .hasMessageContaining("HTTP_401");
    }

    @Test
    void t2AFailedCompositeCallIsNotTakenForASuccessSinceNoneIsMade() {
        org.fault("{\"kind\":\"error\",\"operation\":\"write\",\"errorCode\":\"SERVER_UNAVAILABLE\"}");
        try (PlainSalesforce plain = new PlainSalesforce(org.url())) {
            Exchange answer = plain.run("composite?rawPayload=true", "{\"compositeRequest\":[]}", Map.of());
            assertThat(answer.getException()).isNull();
            assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .hasToString("503");
        }

        assertThat(org.failure(LEE)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void t3AnUnreadableAnswerToABatchIsNotTakenForASuccess() {
        org.fault("{\"kind\":\"malformed\",\"operation\":\"write\"}");
        try (PlainSalesforce plain = new PlainSalesforce(org.url())) {
            Exchange answer = plain.run(
                    "compositeUpsertSObjectCollections?sObjectName=Contact&sObjectIdName=Emporix_Key__c",
                    List.of(Map.of(
                            "attributes", Map.of("type", "Contact"), "Emporix_Key__c", "t:lee", "LastName", "Lee")),
                    Map.of());
            assertThat(answer.getException()).isNull();
            assertThat(answer.getMessage().getBody()).isNull();
        }

        assertThat(org.failure(LEE).errorCode()).isEqualTo("UNREADABLE_ANSWER");
    }

    @Test
    void t4AWebhooksHeadersCannotTurnAnUpsertElsewhere() {
        Map<String, Object> injected = Map.of(
                "sobjectname", "Account",
                "sobjectidname", "Emporix_Company_Key__c",
                "sObjectIdValue", "t:injected",
                "rawPath", "/services/data",
                "Sforce-Duplicate-Rule-Header", "allowSave=true");
        try (PlainSalesforce plain = new PlainSalesforce(org.url())) {
            plain.run(
                    "upsertSObject?sObjectName=Contact&sObjectIdName=Emporix_Key__c&rawPayload=true",
                    "{\"Name\":\"Injected\"}",
                    injected);
            assertThat(org.writes("Account", "t:injected")).hasSize(1);
        }

        Exchange written =
                org.upsert(UpsertOrg.CONTACT, "{\"Emporix_Key__c\":\"t:headers\",\"LastName\":\"Lee\"}", injected);
        assertThat(written.getException()).isNull();
        assertThat(org.writes("Contact", "t:headers")).hasSize(1);
        assertThat(org.writes("Account", "t:injected")).hasSize(1);
    }

    @Test
    void t5ARedirectedWriteIsNotTakenForASuccess() {
        org.fault("{\"kind\":\"redirect\",\"operation\":\"write\",\"location\":\"/services/data\"}");
        try (PlainSalesforce plain = new PlainSalesforce(org.url())) {
            assertThat(plain.upsertLee().getException()).isNull();
        }
        assertThat(org.failure(LEE).errorCode()).isEqualTo("HTTP_302");
    }

    @Test
    void t6AnAnswerAfterMoreThanTenSecondsIsStillAwaited() {
        org.fault("{\"kind\":\"slow\",\"operation\":\"write\",\"delayMillis\":12000}");
        try (PlainSalesforce plain = new PlainSalesforce(org.url())) {
            CompletableFuture<Exchange> impatient = plain.upsertLeeAsync();
            CompletableFuture<Exchange> patient =
                    org.upsertAsync("{\"Emporix_Key__c\":\"t:patient\",\"LastName\":\"Lee\"}");

            assertThat(PlainSalesforce.failure(impatient.join())).hasRootCauseInstanceOf(TimeoutException.class);
            assertThat(patient.join().getException()).isNull();
        }
    }

    @Test
    void t7ARefusedSessionKeepsItsErrorEvenWhenTheAnswerDoesNotSayHowToLogIn() {
        org.fault("{\"kind\":\"error\",\"operation\":\"write\",\"errorCode\":\"INVALID_SESSION_ID\","
                + "\"wwwAuthenticate\":false}");
        try (PlainSalesforce plain = new PlainSalesforce(org.url())) {
            assertThat(PlainSalesforce.failure(plain.upsertLee()).getErrors()).isEmpty();
        }

        assertThat(org.failure(LEE))
                .isInstanceOf(ConfigurationFailureException.class)
                .hasMessageContaining("INVALID_SESSION_ID");
    }

    @Test
    void t8WhatTheRecordHoldsIsNotInTheMessageOfItsFailure() {
        String secret = "x".repeat(81);
        try (PlainSalesforce plain = new PlainSalesforce(org.url())) {
            Exchange answer = plain.run(
                    "upsertSObject?sObjectName=Contact&sObjectIdName=Emporix_Key__c&rawPayload=true",
                    "{\"LastName\":\"" + secret + "\"}",
                    Map.of("sObjectIdValue", "t:lee"));
            assertThat(PlainSalesforce.failure(answer)).hasMessageContaining(secret);
        }

        SalesforceFailureException failure =
                org.failure("{\"Emporix_Key__c\":\"t:lee\",\"LastName\":\"" + secret + "\"}");
        assertThat(failure).isInstanceOf(PermanentFailureException.class).hasMessageNotContaining(secret);
        assertThat(failure.errorText()).as("stored, never logged").contains(secret);
        assertThat(failure).hasNoCause();
    }
}
