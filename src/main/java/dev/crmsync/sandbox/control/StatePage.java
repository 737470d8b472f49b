package dev.crmsync.sandbox.control;

import dev.crmsync.sandbox.org.Compound;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.org.SalesforceId;
import dev.crmsync.sandbox.org.Write;
import dev.crmsync.sandbox.rest.ApiRequest;
import dev.crmsync.sandbox.rest.ApiResponse;
import dev.crmsync.sandbox.rest.RestApi;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Pages for people: records by object, one record, the last writes. They need no script. */
public final class StatePage {
    private static final int NEWEST_RECORDS = 25;
    private static final int MOST_RECORDS = 500;
    private static final int LAST_WRITES = 25;

    private final Org org;
    private final RestApi api;

    public StatePage(Org org, RestApi api) {
        this.org = org;
        this.api = api;
    }

    /** The page of a path: {@code /}, {@code /records/<object>} or {@code /records/<object>/<id>}. */
    public ApiResponse handle(ApiRequest request) {
        List<String> path = request.path();
        if (path.isEmpty()) {
            return page(overview());
        }
        Optional<SObjectType> type = path.get(0).equals("records") && path.size() > 1
                ? org.deployed().type(path.get(1))
                : Optional.empty();
        if (type.isPresent() && path.size() == 2) {
            return page(list(type.get()));
        }
        if (type.isPresent() && path.size() == 3) {
            Optional<Html> record = record(type.get(), path.get(2));
            if (record.isPresent()) {
                return page(record.get());
            }
        }
        return ApiResponse.text(
                404,
                Html.TYPE,
                new Html("Not found")
                        .element("p", "Nothing is here.")
                        .link("/", "All records")
                        .toString());
    }

    private Html overview() {
        Html html = new Html("Salesforce sandbox").refreshing();
        html.open("p class=\"lead\"")
                .text("Records that crm-sync wrote, the newest first. API requests used: "
                        + api.usage().used(org.now()) + " of " + org.settings().quota() + ".")
                .close("p");
        org.read(() -> {
            for (SObjectType type : org.deployed().types()) {
                List<SObjectRecord> records = live(type);
                if (!type.readOnly()) {
                    html.open("h2").link("/records/" + type.name(), type.pluralLabel());
                    html.open("span class=\"count\"")
                            .text(String.valueOf(records.size()))
                            .close("span")
                            .close("h2");
                    table(html, type, records.subList(0, Math.min(NEWEST_RECORDS, records.size())));
                }
            }
            return null;
        });
        writes(html);
        return html;
    }

    private Html list(SObjectType type) {
        Html html = new Html(type.pluralLabel()).refreshing().back();
        org.read(() -> {
            List<SObjectRecord> records = live(type);
            if (records.size() > MOST_RECORDS) {
                html.element("p", "The newest " + MOST_RECORDS + " of " + records.size() + ".");
            }
            table(html, type, records.subList(0, Math.min(MOST_RECORDS, records.size())));
            return null;
        });
        return html;
    }

    private Optional<Html> record(SObjectType type, String id) {
        return org.read(() -> SalesforceId.canonical(id)
                .flatMap(canonical -> org.table(type).get(canonical))
                .map(this::record));
    }

    private Html record(SObjectRecord record) {
        SObjectType type = record.type();
        Html html = new Html(type.label() + ": " + name(record)).refreshing().back();
        if (record.deleted()) {
            html.element("p", "This record is in the recycle bin.");
        }
        html.open("table").open("tbody");
        for (Field field : type.fields()) {
            Object value = Compound.value(record, field);
            if (value != null) {
                html.open("tr").open("th scope=\"row\"").text(field.label());
                html.open("small").text(field.name()).close("small").close("th").open("td");
                value(html, field, value);
                html.close("td").close("tr");
            }
        }
        return html.close("tbody").close("table");
    }

    private void table(Html html, SObjectType type, List<SObjectRecord> records) {
        if (records.isEmpty()) {
            html.element("p", "None yet.");
            return;
        }
        List<Field> keys = new ArrayList<>();
        type.fields().forEach(field -> {
            if (field.key().externalId()) {
                keys.add(field);
            }
        });
        html.open("div class=\"wide\"")
                .open("table")
                .open("thead")
                .open("tr")
                .element("th", type.nameField().label());
        keys.forEach(key -> html.element("th", key.label()));
        html.element("th", "Last changed").close("tr").close("thead").open("tbody");
        for (SObjectRecord record : records) {
            html.open("tr").open("td").link(url(record), name(record)).close("td");
            keys.forEach(key -> html.element("td", text(record.get(key))));
            html.element("td", text(record.get("LastModifiedDate"))).close("tr");
        }
        html.close("tbody").close("table").close("div");
    }

    private void writes(Html html) {
        List<Write> last = org.lastWrites(LAST_WRITES);
        html.element("h2", "Last writes");
        if (last.isEmpty()) {
            html.element("p", "None yet.");
            return;
        }
        html.open("div class=\"wide\"").open("table").open("thead").open("tr");
        List.of("#", "Time", "What", "Record", "Key", "Fields").forEach(title -> html.element("th", title));
        html.close("tr").close("thead").open("tbody");
        for (int i = last.size() - 1; i >= 0; i--) {
            Write write = last.get(i);
            html.open("tr")
                    .element("td", String.valueOf(write.sequence()))
                    .element("td", write.time().truncatedTo(ChronoUnit.SECONDS).toString())
                    .element("td", write.operation().name().toLowerCase(Locale.ROOT) + " " + write.object())
                    .open("td")
                    .link("/records/" + write.object() + "/" + write.id(), write.id())
                    .close("td")
                    .element("td", text(write.key()))
                    .element("td", String.join(", ", write.fields().keySet()))
                    .close("tr");
        }
        html.close("tbody").close("table").close("div");
    }

    private void value(Html html, Field field, Object value) {
        Optional<SObjectRecord> parent =
                field.reference().isPresent() ? org.record(value.toString()) : Optional.empty();
        if (parent.isPresent()) {
            html.link(url(parent.get()), name(parent.get()));
        } else {
            html.text(value.toString());
        }
    }

    private List<SObjectRecord> live(SObjectType type) {
        List<SObjectRecord> live = new ArrayList<>(org.table(type).all());
        live.removeIf(SObjectRecord::deleted);
        Collections.reverse(live);
        return live;
    }

    private static String name(SObjectRecord record) {
        Object name = Compound.value(record, record.type().nameField());
        return name == null ? record.id() : name.toString();
    }

    private static String url(SObjectRecord record) {
        return "/records/" + record.type().name() + "/" + record.id();
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static ApiResponse page(Html html) {
        return ApiResponse.text(200, Html.TYPE, html.toString())
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .with("X-Content-Type-Options", "nosniff");
    }
}
