package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.ParsedRow;
import dev.crmsync.sandbox.org.RowParser;
import dev.crmsync.sandbox.org.RowWriter;
import dev.crmsync.sandbox.org.RowWriter.Key;
import dev.crmsync.sandbox.org.SObjectRecord;
import dev.crmsync.sandbox.org.SalesforceId;
import dev.crmsync.sandbox.org.SaveResult;
import dev.crmsync.sandbox.org.ValueParser;
import dev.crmsync.sandbox.schema.Field;
import dev.crmsync.sandbox.schema.SObjectType;
import java.util.ArrayList;
import java.util.List;

/** Single records, by id and by external id. */
final class SObjectApi {
    private static final int FIRST_VERSION_THAT_ANSWERS_UPDATES = 46;

    private final Org org;
    private final RowWriter writer;

    SObjectApi(Org org, RowWriter writer) {
        this.org = org;
        this.writer = writer;
    }

    ApiResponse create(Call call) {
        SObjectType type = type(call);
        ParsedRow row = parse(type, call);
        refuseKeyInBody(row, type.field("Id").orElseThrow());
        SaveResult saved = call.write(org, transaction -> writer.create(transaction, row, call.options()));
        return ApiResponse.json(
                        201,
                        Json.object().put("id", saved.id()).put("success", true).set("errors", Json.array()))
                .with(
                        "Location",
                        "/services/data/v" + call.version() + ".0/sobjects/" + type.name() + "/" + saved.id());
    }

    ApiResponse retrieve(Call call) {
        return org.read(() -> {
            SObjectRecord record = live(type(call), call.segment(2));
            return ApiResponse.json(200, new RecordJson(call.version()).record(record, fields(record.type(), call)));
        });
    }

    ApiResponse update(Call call) {
        SObjectType type = type(call);
        ParsedRow row = parse(type, call);
        refuseKeyInBody(row, type.field("Id").orElseThrow());
        call.write(org, transaction -> {
            SObjectRecord record = live(type, call.segment(2));
            return writer.update(transaction, row, record.id(), call.options());
        });
        return ApiResponse.empty(204);
    }

    ApiResponse delete(Call call) {
        SObjectType type = type(call);
        call.write(org, transaction -> {
            SObjectRecord record = live(type, call.segment(2));
            return writer.delete(transaction, record.id(), call.options());
        });
        return ApiResponse.empty(204);
    }

    ApiResponse retrieveByKey(Call call) {
        SObjectType type = type(call);
        Key key = key(type, call);
        return org.read(() -> {
            List<String> ids = find(type, key);
            if (ids.size() > 1) {
                return choices(type, ids, call);
            }
            SObjectRecord record = live(type, one(ids));
            return ApiResponse.json(200, new RecordJson(call.version()).record(record, fields(type, call)));
        });
    }

    ApiResponse deleteByKey(Call call) {
        SObjectType type = type(call);
        Key key = key(type, call);
        return call.write(org, transaction -> {
            List<String> ids = find(type, key);
            if (ids.size() > 1) {
                return choices(type, ids, call);
            }
            writer.delete(transaction, one(ids), call.options());
            return ApiResponse.empty(204);
        });
    }

    ApiResponse upsert(Call call) {
        SObjectType type = type(call);
        Key key = key(type, call);
        ParsedRow row = parse(type, call);
        refuseKeyInBody(row, type.field("Id").orElseThrow());
        refuseKeyInBody(row, key.field());
        ParsedRow withKey = key.field().name().equals("Id") ? row : row.with(key.field(), key.value());
        return call.write(org, transaction -> {
            List<String> ids = find(type, key);
            if (ids.size() > 1) {
                return choices(type, ids, call);
            }
            SaveResult saved = writer.upsert(transaction, withKey, key, call.options());
            if (!saved.created() && call.version() < FIRST_VERSION_THAT_ANSWERS_UPDATES) {
                return ApiResponse.empty(204);
            }
            ObjectNode json = Json.object().put("id", saved.id()).put("success", true);
            json.set("errors", Json.array());
            return ApiResponse.json(saved.created() ? 201 : 200, json.put("created", saved.created()));
        });
    }

    private ApiResponse choices(SObjectType type, List<String> ids, Call call) {
        ArrayNode urls = Json.array();
        ids.forEach(id -> urls.add("/services/data/v" + call.version() + ".0/sobjects/" + type.name() + "/" + id));
        return ApiResponse.json(300, urls);
    }

    private List<String> find(SObjectType type, Key key) {
        if (!key.field().name().equals("Id")) {
            return writer.find(type, key);
        }
        return SalesforceId.canonical(String.valueOf(key.value())).stream().toList();
    }

    private static String one(List<String> ids) {
        return ids.stream().findFirst().orElseThrow(() -> ApiException.of(ErrorCode.NOT_FOUND));
    }

    private ParsedRow parse(SObjectType type, Call call) {
        return new RowParser(org.schema()).parse(type, call.request().json());
    }

    private SObjectType type(Call call) {
        return org.schema().type(call.segment(1)).orElseThrow(() -> ApiException.of(ErrorCode.NOT_FOUND));
    }

    private static Key key(SObjectType type, Call call) {
        Field field = ExternalIds.field(type, call.segment(2));
        Object value = ValueParser.parse(field, call.segment(3));
        if (value == null) {
            throw ApiException.of(ErrorCode.NOT_FOUND);
        }
        return new Key(field, value);
    }

    private SObjectRecord live(SObjectType type, String id) {
        SObjectRecord record = SalesforceId.canonical(id)
                .flatMap(canonical -> org.table(type).get(canonical))
                .orElseThrow(() -> ApiException.of(ErrorCode.NOT_FOUND));
        if (record.deleted()) {
            throw ApiException.of(ErrorCode.ENTITY_IS_DELETED);
        }
        return record;
    }

    private static Iterable<Field> fields(SObjectType type, Call call) {
        String wanted = call.request().parameter("fields");
        if (wanted.isEmpty()) {
            return type.fields();
        }
        List<Field> fields = new ArrayList<>();
        for (String name : wanted.split(",")) {
            fields.add(ExternalIds.column(type, name.strip()));
        }
        return fields;
    }

    private static void refuseKeyInBody(ParsedRow row, Field key) {
        if (row.values().containsKey(key)) {
            throw ApiException.of(
                    ErrorCode.INVALID_FIELD,
                    "The " + key.name() + " field should not be specified in the sobject data.",
                    key.name());
        }
    }
}
