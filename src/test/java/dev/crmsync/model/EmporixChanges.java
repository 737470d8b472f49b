package dev.crmsync.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.model.Change.Way;
import dev.crmsync.model.RecordChange.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Customers of Emporix, who may be colleagues: then they share the Accounts of their companies. */
final class EmporixChanges {

    private static final String TENANT = "shopm";
    private static final String CONTACT_KEY = "Emporix_Key__c";
    private static final List<String> ADDRESS = List.of("Street", "City", "PostalCode", "State", "Country");

    /** What a sender's settings allow, so that the true order is the one that can be known. */
    enum Scope {
        /** Everything. */
        ALL,
        /** Only states, and each with a version: what orders them where nobody signs a time. */
        VERSIONED_STATES
    }

    private enum Life {
        UNBORN,
        ALIVE,
        DELETED
    }

    /** One customer as the generator knows it. */
    private static final class Customer {
        private final String id;
        private final int versionedPercent;
        private Life life = Life.UNBORN;
        private int version;
        private boolean wasDeleted;

        Customer(String id, int versionedPercent) {
            this.id = id;
            this.versionedPercent = versionedPercent;
        }
    }

    private final Random random;
    private final Timeline timeline;
    private final String id;
    private final Way way;
    private final Scope scope;
    private final List<Customer> customers = new ArrayList<>();

    EmporixChanges(Random random, Timeline timeline, String id, Way way, Scope scope) {
        this.random = random;
        this.timeline = timeline;
        this.id = id;
        this.way = way;
        this.scope = scope;
        int colleagues = scope == Scope.ALL ? 1 + random.nextInt(3) : 1;
        for (int i = 0; i < colleagues; i++) {
            int versioned = scope == Scope.ALL ? List.of(0, 60, 100, 100).get(random.nextInt(4)) : 100;
            customers.add(new Customer(id + "-" + i, versioned));
        }
    }

    void happen(int count) {
        for (int i = 0; i < count; i++) {
            happen(customers.get(random.nextInt(customers.size())));
        }
    }

    private void happen(Customer customer) {
        int dice = random.nextInt(100);
        if (scope == Scope.VERSIONED_STATES) {
            state(customer, customer.life == Life.UNBORN ? "customer.created" : "customer.updated", dice < 8);
            return;
        }
        switch (customer.life) {
            case UNBORN -> state(customer, dice < 80 ? "customer.created" : "customer.updated", dice >= 95);
            case ALIVE -> {
                if (dice < 62) {
                    state(customer, "customer.updated", dice < 6);
                } else if (dice < 77) {
                    deleted(customer);
                } else {
                    aside(customer, dice);
                }
            }
            case DELETED -> {
                if (dice < 55) {
                    customer.version = 0;
                    state(customer, "customer.created", dice < 5);
                } else if (dice < 80) {
                    state(customer, "customer.updated", false);
                } else if (dice < 85) {
                    deleted(customer);
                } else {
                    aside(customer, dice);
                }
            }
        }
    }

    private void aside(Customer customer, int dice) {
        if (dice % 2 == 0) {
            login(customer);
        } else {
            loginEmail(customer);
        }
    }

    private void state(Customer customer, String type, boolean refused) {
        int number = timeline.nextNumber();
        Instant at = timeline.next();
        customer.version++;
        List<RecordChange> says = new ArrayList<>();
        Draft draft = new Draft(random, number);
        Draft company = new Draft(random, number);
        draft.object.put("tenant", TENANT).put("id", customer.id).put("customerNumber", customer.id);
        if (mayNameItsCompany(customer) && random.nextInt(100) < 50) {
            says.add(company(draft, company, at));
        }
        person(customer, draft, at);
        if (refused) {
            draft.object.put("active", "perhaps");
        } else {
            boolean created = type.equals("customer.created");
            says.add(draft.change("Contact", CONTACT_KEY, key(customer), created ? Kind.CREATION : Kind.STATE));
            customer.life = created || customer.life == Life.UNBORN ? Life.ALIVE : customer.life;
        }
        timeline.add(new Change(number, at, way, type, draft.object, refused, says));
    }

    /**
     * The Account that colleagues share does not know of a customer's deletion, after which versions begin anew: where nobody
     * signs a time, nothing tells that they did.
     */
    private boolean mayNameItsCompany(Customer customer) {
        return way == Way.EMPORIX_SVIX || !customer.wasDeleted;
    }

    private void person(Customer customer, Draft draft, Instant at) {
        draft.text("firstName", "FirstName", draft.value("F"));
        if (draft.isSent()) {
            draft.always("lastName", "LastName", draft.value("L"));
            draft.text("contactEmail", "Email", customer.id + "@" + draft.value("") + ".example");
        } else {
            draft.always("contactEmail", "Email", customer.id + "@" + draft.value("") + ".example");
            draft.placeholders.put("LastName", customer.id);
        }
        draft.text("contactPhone", "Phone", draft.value("+43 1 "));
        draft.text("preferredLanguage", "Emporix_Language__c", draft.value("l"));
        draft.text("preferredCurrency", "Emporix_Currency__c", draft.value("c"));
        draft.text("preferredSite", "Emporix_Site__c", draft.value("s"));
        draft.flag("active", "Emporix_Active__c");
        draft.flag("onHold", "Emporix_On_Hold__c");
        draft.object.put("type", "CUSTOMER");
        if (random.nextInt(100) < customer.versionedPercent) {
            draft.object.set("metadata", object().put("version", customer.version));
            draft.fields.put("Emporix_Version__c", String.valueOf(customer.version));
        }
        if (random.nextInt(4) == 0) {
            draft.object.set("defaultAddress", address(draft, draft, "Mailing"));
        }
        draft.fields.put("Emporix_Deleted__c", RecordChange.EMPTY);
        draft.fields.put("Emporix_Updated_At__c", seen(at));
    }

    /** The customer's company, which is mostly the first one. */
    private RecordChange company(Draft customer, Draft company, Instant at) {
        String registration = "R-" + id + "-" + (random.nextInt(4) == 0 ? 2 : 1);
        String key = TENANT + ":" + registration;
        customer.object.put("company", company.value("Co"));
        customer.object.set("b2b", object().put("companyRegistrationId", registration));
        customer.fields.put("Account", key);
        company.fields.put("Name", company.value("Co"));
        company.fields.put("Emporix_Registration_Id__c", registration);
        company.fields.put("Emporix_Updated_At__c", seen(at));
        String tag = List.of("BILLING", "SHIPPING", "HOME").get(random.nextInt(3));
        ObjectNode address = address(customer, tag.equals("HOME") ? customer : company, prefix(tag));
        address.putArray("tags").add(tag);
        customer.object.putArray("addresses").add(address);
        // without a default address, the first one becomes the mailing address
        ADDRESS.forEach(part -> customer.fields.put("Mailing" + part, part(customer, part)));
        return company.change("Account", "Emporix_Company_Key__c", key, Kind.STATE);
    }

    private static String prefix(String tag) {
        return switch (tag) {
            case "BILLING" -> "Billing";
            case "SHIPPING" -> "Shipping";
            default -> "Mailing";
        };
    }

    private static ObjectNode address(Draft values, Draft record, String prefix) {
        ADDRESS.forEach(part -> record.fields.put(prefix + part, part(values, part)));
        return object().put("street", part(values, "Street"))
                .put("city", part(values, "City"))
                .put("zipCode", part(values, "PostalCode"))
                .put("state", part(values, "State"))
                .put("country", part(values, "Country"));
    }

    private static String part(Draft values, String part) {
        return values.value(part.substring(0, 2));
    }

    private void deleted(Customer customer) {
        int number = timeline.nextNumber();
        Instant at = timeline.next();
        Draft draft = new Draft(random, number);
        draft.object
                .put("tenant", TENANT)
                .put("customerNumber", customer.id)
                .put("email", customer.id + "@mail.example")
                .put("triggeredBy", draft.value("employee"));
        for (String field :
                List.of("Salutation", "FirstName", "Email", "Phone", "Emporix_Login_Email__c", "Emporix_Version__c")) {
            draft.fields.put(field, RecordChange.EMPTY);
        }
        ADDRESS.forEach(part -> draft.fields.put("Mailing" + part, RecordChange.EMPTY));
        draft.fields.put("LastName", "[deleted]");
        draft.fields.put("Emporix_Active__c", RecordChange.EMPTY);
        draft.fields.put("Emporix_Deleted__c", "true");
        draft.fields.put("Emporix_Updated_At__c", seen(at));
        customer.life = Life.DELETED;
        customer.wasDeleted = true;
        timeline.add(new Change(
                number,
                at,
                way,
                "customer.deleted",
                draft.object,
                false,
                List.of(draft.change("Contact", CONTACT_KEY, key(customer), Kind.DELETION))));
    }

    private void login(Customer customer) {
        int number = timeline.nextNumber();
        Instant at = timeline.next();
        ObjectNode body =
                object().put("tenant", TENANT).put("customerId", customer.id).put("sessionId", "session" + number);
        aside(customer, number, at, "customer.logged.in", body, Map.of("Emporix_Last_Login__c", seen(at)));
    }

    private void loginEmail(Customer customer) {
        int number = timeline.nextNumber();
        Instant at = timeline.next();
        String address = customer.id + "@login-v" + number + ".example";
        ObjectNode body = object().put("tenant", TENANT)
                .put("customerId", customer.id)
                .put("email", customer.id + "@mail.example")
                .put("newEmail", address)
                .put("token", "token" + number);
        aside(customer, number, at, "customer.email-change", body, Map.of("Emporix_Login_Email__c", address));
    }

    private void aside(
            Customer customer, int number, Instant at, String type, ObjectNode body, Map<String, String> fields) {
        RecordChange says = new RecordChange("Contact", CONTACT_KEY, key(customer), Kind.STATE, fields, Map.of());
        timeline.add(new Change(number, at, way, type, body, false, List.of(says)));
    }

    /** Over HTTP nobody signs when anything happened, so that the time of receipt is taken. */
    private String seen(Instant at) {
        return way == Way.EMPORIX_HTTP ? RecordChange.ANY : Timeline.shown(at);
    }

    private static String key(Customer customer) {
        return TENANT + ":" + customer.id;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
