package dev.crmsync.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References such as <code>@{account.id}</code> or <code>@{rows[0].id}</code> to the answers of earlier parts. */
record References(Map<String, JsonNode> answers) {
    private static final Pattern REFERENCE = Pattern.compile("@\\{([A-Za-z0-9_]+)((?:\\.\\w+|\\[\\d+])*)}");
    private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[(\\d+)]");

    /** The URL with values in place of references. */
    String inUrl(String url) {
        return replaced(
                url, value -> value.replace("%", "%25").replace("/", "%2F").replace("?", "%3F"));
    }

    /** The body with values in place of references in its texts. */
    JsonNode in(JsonNode body) {
        if (body instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties().forEach(member -> copy.set(member.getKey(), in(member.getValue())));
            return copy;
        }
        if (body instanceof ArrayNode array) {
            ArrayNode copy = Json.array();
            array.forEach(item -> copy.add(in(item)));
            return copy;
        }
        return body.isTextual() ? TextNode.valueOf(replaced(body.asText(), UnaryOperator.identity())) : body;
    }

    private String replaced(String text, UnaryOperator<String> encode) {
        if (!text.contains("@{")) {
            return text;
        }
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(encode.apply(value(match.group(1), match.group(2)))));
    }

    private String value(String referenceId, String path) {
        JsonNode value = answers.get(referenceId);
        Matcher step = STEP.matcher(path);
        while (value != null && step.find()) {
            value = step.group(1) != null ? value.get(step.group(1)) : value.get(Integer.parseInt(step.group(2)));
        }
        if (value == null || !value.isValueNode()) {
            throw ApiException.of(
                    ErrorCode.PROCESSING_HALTED,
                    "Invalid reference specified. No value for @{" + referenceId + path + "} found");
        }
        return value.asText();
    }
}
