package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.check.OrgField;
import dev.crmsync.check.OrgObject;
import dev.crmsync.check.OrgSchema;
import dev.crmsync.salesforce.SalesforceComponents;
import dev.crmsync.salesforce.SalesforceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.api.NoSuchSObjectException;
import org.apache.camel.impl.DefaultCamelContext;

/** What an org itself says about its objects, as the integration user sees them. */
final class DescribedSchema implements OrgSchema, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern API_NAME = Pattern.compile("[A-Za-z]\\w*");

    private final String org;
    private final CamelContext context;
    private final ProducerTemplate calls;

    /** Makes a client that logs in with the first object it is asked for. */
    DescribedSchema(SalesforceSettings settings) {
        org = settings.loginUrl();
        context = new DefaultCamelContext();
        context.addComponent("salesforce", SalesforceComponents.create(context, settings));
        context.start();
        calls = context.createProducerTemplate();
    }

    @Override
    public Optional<OrgObject> object(String name) {
        if (!API_NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        String uri = "salesforce:getDescription?rawPayload=true&sObjectName=" + name;
        try (InputStream answer = calls.requestBody(uri, null, InputStream.class)) {
            return Optional.of(object(JSON.readTree(answer)));
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof NoSuchSObjectException) {
                return Optional.empty();
            }
            throw new IllegalStateException(
                    "Cannot read the schema of " + org + ": " + e.getCause().getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the answer of " + org, e);
        }
    }

    private static OrgObject object(JsonNode described) {
        List<OrgField> fields = new ArrayList<>();
        described.path("fields").forEach(field -> fields.add(field(field)));
        return new OrgObject(described.path("name").asText(), fields);
    }

    private static OrgField field(JsonNode described) {
        boolean writable = described.path("createable").asBoolean()
                && described.path("updateable").asBoolean()
                && !described.path("calculated").asBoolean()
                && !described.path("autoNumber").asBoolean();
        OrgField.Kind kind = OrgField.Kind.ofDescribed(described.path("type").asText());
        return new OrgField(
                described.path("name").asText(),
                kind,
                described.path("length").asInt(),
                writable,
                writable
                        && kind != OrgField.Kind.CHECKBOX
                        && !described.path("nillable").asBoolean(true)
                        && !described.path("defaultedOnCreate").asBoolean(),
                described.path("externalId").asBoolean(),
                described.path("caseSensitive").asBoolean(),
                described.path("relationshipName").textValue(),
                Stream.of(described.path("referenceTo"))
                        .flatMap(DescribedSchema::texts)
                        .toList());
    }

    private static Stream<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts.stream();
    }

    @Override
    public void close() {
        context.stop();
    }
}
