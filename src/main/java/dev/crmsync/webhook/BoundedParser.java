package dev.crmsync.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.Locale;

/**
 * The tokens of a JSON text, within limits of what they cost to keep: a value takes about 100 bytes of heap however
 * short it is written, so that 1 MiB of {@code [],[],…} would take 35 MiB. The largest example that a source publishes
 * has 350 kB, a few thousand values, and objects of less than a hundred members.
 *
 * <p>It shares no table of names with other parsers, which senders could fill with names of one hash. Only
 * {@link #nextToken()} counts.
 */
final class BoundedParser extends JsonParserDelegate {

    static final int MAX_DEPTH = 100;
    static final int MAX_VALUES = 50_000;
    static final int MAX_MEMBERS = 1_000;
    static final int MAX_NAME = 1_000;

    /** Above 78, the digits of a 256-bit integer. */
    static final int MAX_NUMBER = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            // the checks here come first, and name the limits as operators know them
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private int values;

    private BoundedParser(JsonParser parser) {
        super(parser);
    }

    static BoundedParser of(CharBuffer text) throws IOException {
        return new BoundedParser(
                FACTORY.createParser(text.array(), text.arrayOffset() + text.position(), text.remaining()));
    }

    /** @throws StreamConstraintsException above a limit, with a message that names it */
    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.FIELD_NAME) {
            atMost(
                    MAX_NAME,
                    currentName().length(),
                    "The name of a member has %2$,d characters, at most %1$,d are read");
            atMost(MAX_MEMBERS, getParsingContext().getEntryCount(), "An object has more than %,d members");
        } else if (token != null && !token.isStructEnd()) {
            atMost(MAX_VALUES, ++values, "The body has more than %,d values");
            if (token.isStructStart()) {
                int depth = getParsingContext().getNestingDepth();
                atMost(MAX_DEPTH, depth, "The body is more than %,d levels deep");
            } else if (token.isNumeric()) {
                atMost(MAX_NUMBER, getTextLength(), "A number has %2$,d digits, at most %1$,d are read");
            }
        }
        return token;
    }

    private void atMost(int limit, int count, String message) throws StreamConstraintsException {
        if (count > limit) {
            throw new StreamConstraintsException(String.format(Locale.ROOT, message, limit, count), currentLocation());
        }
    }
}
