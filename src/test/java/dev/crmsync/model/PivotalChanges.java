package dev.crmsync.model;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.model.Change.Way;
import dev.crmsync.model.RecordChange.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A customer of Pivotal with a contact and onboardings: each event type speaks about flags that others do not. */
final class PivotalChanges {

    private static final String ORG = "org_M";
    private static final List<String> CUSTOMER = List.of(
            "customer.created",
            "customer.updated",
            "customer.updated",
            "customer.archived",
            "customer.health_score_dropped",
            "customer.at_risk",
            "customer.churned");
    private static final List<String> ONBOARDING = List.of(
            "onboarding.created",
            "onboarding.phase_changed",
            "onboarding.state_changed",
            "onboarding.at_risk",
            "onboarding.back_on_track",
            "onboarding.launched",
            "onboarding.completed");

    private final Random random;
    private final Timeline timeline;
    private final String id;

    PivotalChanges(Random random, Timeline timeline, String id) {
        this.random = random;
        this.timeline = timeline;
        this.id = id;
    }

    void happen(int count) {
        // the others wait for the customer's Account
        customer(CUSTOMER.get(random.nextInt(CUSTOMER.size())));
        for (int i = 1; i < count; i++) {
            int dice = random.nextInt(100);
            if (dice < 8) {
                refused();
            } else if (dice < 50) {
                customer(CUSTOMER.get(random.nextInt(CUSTOMER.size())));
            } else if (dice < 85) {
                onboarding(ONBOARDING.get(random.nextInt(ONBOARDING.size())), id + "-o" + random.nextInt(2));
            } else {
                contact();
            }
        }
    }

    private void customer(String type) {
        Draft draft = draft();
        Instant at = timeline.next();
        int number = timeline.nextNumber();
        draft.object.put("id", id);
        name(draft, id);
        draft.anything("display_id", "Pivotal_Display_Id__c", IntNode.valueOf(number), "" + number);
        draft.anything("health_score", "Pivotal_Health_Score__c", IntNode.valueOf(number), "" + number);
        draft.anything(
                "previous_health_score", "Pivotal_Previous_Health_Score__c", IntNode.valueOf(number), "" + number);
        flag(draft, type, "at_risk", "Pivotal_At_Risk__c");
        flag(draft, type, "churned", "Pivotal_Churned__c");
        draft.text("owner_email", "Pivotal_Owner_Email__c", "owner@" + draft.value("") + ".example");
        if (type.equals("customer.archived")) {
            draft.fields.put("Pivotal_Archived__c", "true");
        }
        draft.fields.put("Pivotal_Last_Event__c", type);
        draft.fields.put("Pivotal_Updated_At__c", Timeline.shown(at));
        add(at, type, draft, false, draft.change("Account", "Pivotal_Key__c", key(id), Kind.STATE));
    }

    /** What has no name is called by its id. */
    private static void name(Draft draft, String id) {
        if (draft.isSent()) {
            draft.always("name", "Name", draft.value(""));
        } else {
            draft.placeholders.put("Name", id);
        }
    }

    /** The event type that is named like a flag sets it where the object does not carry it. */
    private void flag(Draft draft, String type, String member, String field) {
        if (!type.equals("customer." + member)) {
            draft.flag(member, field);
        } else if (draft.isSent()) {
            boolean value = random.nextInt(4) > 0;
            draft.object.set(member, BooleanNode.valueOf(value));
            draft.fields.put(field, Draft.flag(value));
        } else {
            draft.fields.put(field, Draft.flag(true));
        }
    }

    /** Says nothing that others do not, but for the score: so it changes nothing, whenever it arrives. */
    private void refused() {
        Draft draft = draft();
        Instant at = timeline.next();
        draft.object.put("id", id).put("health_score", 123_456.5);
        add(at, "customer.updated", draft, true);
    }

    private void onboarding(String type, String onboarding) {
        Draft draft = draft();
        Instant at = timeline.next();
        int number = timeline.nextNumber();
        draft.object.put("id", onboarding);
        name(draft, onboarding);
        draft.anything("display_id", "Pivotal_Display_Id__c", IntNode.valueOf(number), "" + number);
        draft.text("phase", "Phase__c", draft.value("phase "));
        draft.text("state", "State__c", draft.value("state "));
        switch (type) {
            case "onboarding.at_risk" -> draft.fields.put("At_Risk__c", "true");
            case "onboarding.back_on_track" -> draft.fields.put("At_Risk__c", RecordChange.EMPTY);
            default -> draft.flag("at_risk", "At_Risk__c");
        }
        String day = "2026-10-%02d".formatted(1 + number);
        draft.text("target_launch_date", "Target_Launch_Date__c", day);
        if (type.equals("onboarding.launched")) {
            draft.fields.put("Launched_At__c", Timeline.shown(at));
        }
        if (type.equals("onboarding.completed")) {
            draft.fields.put("Completed_At__c", Timeline.shown(at));
        }
        draft.text("owner_email", "Owner_Email__c", "owner@" + draft.value("") + ".example");
        draft.fields.put("Last_Event__c", type);
        draft.fields.put("Updated_At__c", Timeline.shown(at));
        relation(draft, "Account__c");
        add(
                at,
                type,
                draft,
                false,
                draft.change("Pivotal_Onboarding__c", "Pivotal_Key__c", key(onboarding), Kind.STATE));
    }

    private void contact() {
        Draft draft = draft();
        Instant at = timeline.next();
        String contact = id + "-c";
        draft.object.put("id", contact).put("name", draft.value("F") + " " + draft.value("L"));
        draft.fields.put("FirstName", draft.value("F"));
        draft.fields.put("LastName", draft.value("L"));
        draft.text("email", "Email", contact + "@" + draft.value("") + ".example");
        draft.text("title", "Title", draft.value("title "));
        draft.flag("is_primary", "Pivotal_Is_Primary__c");
        draft.fields.put("Pivotal_Updated_At__c", Timeline.shown(at));
        relation(draft, "Account");
        add(
                at,
                "contact.created",
                draft,
                false,
                draft.change("Contact", "Pivotal_Contact_Key__c", key(contact), Kind.STATE));
    }

    private void relation(Draft draft, String field) {
        if (draft.isSent()) {
            draft.object.put("customer_id", id);
            draft.fields.put(field, key(id));
        }
    }

    private Draft draft() {
        return new Draft(random, timeline.nextNumber());
    }

    private void add(Instant at, String type, Draft draft, boolean refused, RecordChange... says) {
        int number = timeline.nextNumber();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("id", "evt_" + id + "_" + number)
                .put("type", type)
                .put("created_at", at.toString())
                .put("org_id", ORG)
                .put("livemode", true);
        body.putObject("data").set("object", draft.object);
        timeline.add(new Change(number, at, Way.PIVOTAL, type, body, refused, List.of(says)));
    }

    private static String key(String id) {
        return ORG + ":" + id;
    }
}
