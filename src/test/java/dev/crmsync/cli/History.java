package dev.crmsync.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to one customer at its source, and in which order word of it arrives.
 *
 * @param changes in the order in which they happened; the number of each, from 1, is its whole content
 * @param arrivals the numbers of the changes in the order of their webhooks, each at least once
 */
record History(Source source, List<Change> changes, List<Integer> arrivals) {

    private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");

    /** The sources, each with its own way of ordering: a time, a time and an id, a version. */
    enum Source {
        PIVOTAL("Account", "Pivotal_Key__c", "Name"),
        PLAIN("Contact", "Plain_Customer_Key__c", "LastName"),
        EMPORIX("Contact", "Emporix_Key__c", "LastName");

        final String object;
        final String keyField;
        final String nameField;

        Source(String object, String keyField, String nameField) {
            this.object = object;
            this.keyField = keyField;
            this.nameField = nameField;
        }
    }

    /** What a change does. */
    enum Change {
        UPDATE,
        /** Only Plain: the customer is deleted. */
        DELETE,
        /** Only Pivotal: an update with a value that Salesforce refuses for good. */
        REFUSED
    }

    /**
     * The oracle: the name in Salesforce when the changes are applied one by one in order; empty when the customer ends
     * deleted or never got there.
     */
    Optional<String> lastName() {
        Optional<String> name = Optional.empty();
        boolean deleted = false;
        for (int number = 1; number <= changes.size(); number++) {
            switch (changes.get(number - 1)) {
                case UPDATE -> name = deleted ? name : Optional.of("v" + number);
                case DELETE -> {
                    name = Optional.empty();
                    deleted = true;
                }
                case REFUSED -> {
                    // leaves the record as it is
                }
            }
        }
        return name;
    }

    /** The webhook of one change of the customer with that id. */
    void send(TestSender sender, String customer, int number) {
        boolean deletes = changes.get(number - 1) == Change.DELETE;
        switch (source) {
            case PIVOTAL -> sender.pivotal(pivotal(customer, number));
            case PLAIN -> sender.plain(plain(customer, number, deletes));
            case EMPORIX -> sender.emporixOverHttp("customer.updated", emporix(customer, number));
        }
    }

    private byte[] pivotal(String customer, int number) {
        boolean refused = changes.get(number - 1) == Change.REFUSED;
        return bytes("""
                {"id":"evt_%1$s_%2$d","type":"customer.updated","created_at":"%3$s","org_id":"org_M","livemode":true,
                 "data":{"object":{"id":"%1$s","name":"v%2$d","health_score":%4$s,"at_risk":false,"churned":false}}}
                """.formatted(customer, number, START.plusSeconds(number), refused ? "123456.5" : "" + number));
    }

    private static byte[] plain(String customer, int number, boolean deletes) {
        return bytes("""
                {"id":"pEv_%1$s_%2$d","type":"customer.%5$s","timestamp":"%3$s","workspaceId":"w_M",
                 "payload":{"eventType":"customer.%5$s","%6$s":{"id":"%1$s","fullName":"v%2$d","markedAsSpamAt":null,
                  "email":{"email":"%1$s@people.example","isVerified":true},"customerGroupMemberships":[]}},
                 "webhookMetadata":{"webhookDeliveryAttemptTimestamp":"%4$s"}}
                """.formatted(
                        customer,
                        number,
                        START.plusSeconds(number),
                        Instant.now(),
                        deletes ? "customer_deleted" : "customer_updated",
                        deletes ? "previousCustomer" : "customer"));
    }

    private static byte[] emporix(String customer, int number) {
        return bytes("""
                {"customerNumber":"%1$s","id":"%1$s","firstName":"Kim","lastName":"v%2$d","active":true,"onHold":false,
                 "contactEmail":"%1$s@shoppers.example","type":"CUSTOMER","metadata":{"version":%2$d},"tenant":"shopm"}
                """.formatted(customer, number));
    }

    /** The external id of the customer's record. */
    String key(String customer) {
        return switch (source) {
            case PIVOTAL -> "org_M:" + customer;
            case PLAIN -> "w_M:" + customer;
            case EMPORIX -> "shopm:" + customer;
        };
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
