package dev.crmsync.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.model.Change.Way;
import dev.crmsync.model.RecordChange.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A customer of Plain, and an account; both may be deleted and created again. */
final class PlainChanges {

    private static final String WORKSPACE = "w_M";
    private static final List<String> UPDATES = List.of(
            "customer.customer_updated", "customer.customer_changed", "customer.customer_group_memberships_changed");

    private enum Life {
        UNBORN,
        ALIVE,
        DELETED
    }

    private final Random random;
    private final Timeline timeline;
    private final String id;
    private Life customer = Life.UNBORN;
    private Life account = Life.UNBORN;

    PlainChanges(Random random, Timeline timeline, String id) {
        this.random = random;
        this.timeline = timeline;
        this.id = id;
    }

    void happen(int count) {
        boolean isCustomer = random.nextInt(4) > 0;
        for (int i = 0; i < count; i++) {
            int dice = random.nextInt(100);
            if (isCustomer) {
                customer(dice);
            } else {
                account(dice);
            }
        }
    }

    private void customer(int dice) {
        switch (customer) {
            case UNBORN -> customerIs(dice < 80, dice >= 95);
            case ALIVE -> {
                if (dice < 75) {
                    customerIs(false, dice < 6);
                } else {
                    customerDeleted();
                }
            }
            case DELETED -> {
                if (dice < 90) {
                    customerIs(dice < 60, false);
                } else {
                    customerDeleted();
                }
            }
        }
    }

    private void customerIs(boolean created, boolean refused) {
        String type = created ? "customer.customer_created" : UPDATES.get(random.nextInt(UPDATES.size()));
        Draft draft = draft();
        Instant at = timeline.next();
        draft.object.put("id", id).put("fullName", draft.value("F") + " " + draft.value("L"));
        draft.fields.put("FirstName", draft.value("F"));
        draft.fields.put("LastName", draft.value("L"));
        String address = id + "@" + draft.value("") + ".example";
        boolean verified = random.nextBoolean();
        ObjectNode email = draft.object.putObject("email").put("email", address);
        draft.fields.put("Email", address);
        if (refused) {
            email.put("isVerified", "perhaps");
        } else {
            email.put("isVerified", verified);
        }
        draft.fields.put("Plain_Email_Verified__c", Draft.flag(verified));
        draft.text("externalId", "Plain_External_Id__c", draft.value("x"));
        draft.text("shortName", "Plain_Short_Name__c", draft.value("s"));
        draft.object.putNull("markedAsSpamAt");
        draft.fields.put("Plain_Marked_As_Spam_At__c", RecordChange.EMPTY);
        if (draft.isSent()) {
            String group = draft.value("group ");
            draft.object
                    .putArray("customerGroupMemberships")
                    .addObject()
                    .putObject("customerGroup")
                    .put("name", group);
            draft.fields.put("Plain_Groups__c", group);
        }
        draft.fields.put("Plain_Deleted__c", RecordChange.EMPTY);
        draft.fields.put("Plain_Updated_At__c", Timeline.shown(at));
        if (refused) {
            add(at, type, "customer", draft.object, true);
        } else {
            customer = created || customer == Life.UNBORN ? Life.ALIVE : customer;
            add(at, type, "customer", draft.object, false, ofCustomer(draft, created ? Kind.CREATION : Kind.STATE));
        }
    }

    private void customerDeleted() {
        Draft draft = draft();
        Instant at = timeline.next();
        draft.object.put("id", id);
        for (String field : List.of(
                "FirstName",
                "Email",
                "Plain_Email_Verified__c",
                "Plain_External_Id__c",
                "Plain_Short_Name__c",
                "Plain_Groups__c")) {
            draft.fields.put(field, RecordChange.EMPTY);
        }
        draft.fields.put("LastName", "[deleted]");
        draft.fields.put("Plain_Deleted__c", "true");
        draft.fields.put("Plain_Updated_At__c", Timeline.shown(at));
        customer = Life.DELETED;
        add(at, "customer.customer_deleted", "previousCustomer", draft.object, false, ofCustomer(draft, Kind.DELETION));
    }

    private static RecordChange changed(Draft draft, String object, String keyField, String id, Kind kind) {
        return draft.change(object, keyField, WORKSPACE + ":" + id, kind);
    }

    private RecordChange ofCustomer(Draft draft, Kind kind) {
        return changed(draft, "Contact", "Plain_Customer_Key__c", id, kind);
    }

    private RecordChange ofAccount(Draft draft, Kind kind) {
        return changed(draft, "Account", "Plain_Account_Key__c", id, kind);
    }

    private void account(int dice) {
        boolean deletes = account != Life.UNBORN && dice < 20;
        boolean creates = account == Life.ALIVE ? false : dice < 70;
        if (deletes) {
            accountDeleted();
        } else {
            accountIs(creates);
        }
    }

    private void accountIs(boolean created) {
        Draft draft = draft();
        Instant at = timeline.next();
        draft.object.put("id", id).put("source", "api");
        draft.always("name", "Name", draft.value(""));
        draft.text("externalId", "Plain_External_Id__c", draft.value("x"));
        if (draft.isSent()) {
            String domain = draft.value("") + ".example";
            draft.object.putArray("domains").add(domain);
            draft.fields.put("Plain_Domains__c", domain);
        }
        draft.fields.put("Plain_Deleted__c", RecordChange.EMPTY);
        draft.fields.put("Plain_Updated_At__c", Timeline.shown(at));
        account = created || account == Life.UNBORN ? Life.ALIVE : account;
        String type = created ? "account.account_created" : "account.account_updated";
        add(at, type, "account", draft.object, false, ofAccount(draft, created ? Kind.CREATION : Kind.STATE));
    }

    private void accountDeleted() {
        Draft draft = draft();
        Instant at = timeline.next();
        draft.object.put("id", id);
        draft.fields.put("Plain_Deleted__c", "true");
        draft.fields.put("Plain_Updated_At__c", Timeline.shown(at));
        account = Life.DELETED;
        add(at, "account.account_deleted", "previousAccount", draft.object, false, ofAccount(draft, Kind.DELETION));
    }

    private Draft draft() {
        return new Draft(random, timeline.nextNumber());
    }

    private void add(Instant at, String type, String member, ObjectNode object, boolean refused, RecordChange... says) {
        int number = timeline.nextNumber();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("id", "pEv_" + id + "_" + number)
                .put("type", type)
                .put("timestamp", at.toString())
                .put("workspaceId", WORKSPACE);
        body.putObject("payload").put("eventType", type).set(member, object);
        timeline.add(new Change(number, at, Way.PLAIN, type, body, refused, List.of(says)));
    }
}
