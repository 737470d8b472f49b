package dev.crmsync.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Reads JSON the one way in which it can be understood: UTF-8, no member twice (two readers could take different ones),
 * nothing after the value, at most {@value #MAX_DEPTH} levels deep.
 */
final class StrictJson {

    static final int MAX_DEPTH = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * The JSON value.
     *
     * @throws UnreadableException when the bytes are not exactly one
     */
    static JsonNode parse(byte[] bytes) throws UnreadableException {
        String text = Utf8.strict(bytes);
        if (text == null) {
            throw new UnreadableException("The body is not UTF-8");
        }
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new UnreadableException("The body is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new UnreadableException("The body is not JSON, or names a member twice, or is more than " + MAX_DEPTH
                    + " levels deep" + place(e.getLocation()));
        }
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
