package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** {@code flag}, which {@link MappingFunctions} describes: a text is never false because it is a text. */
final class FlagFunctions {

    private static final Set<String> TRUE = Set.of("true", "yes", "1");
    private static final Set<String> FALSE = Set.of("false", "no", "0");

    private FlagFunctions() {}

    static Map<String, Function> all() {
        return Map.of(
                "flag/1",
                (scope, args, in, path, output, version) -> {
                    for (Member member : Member.of(args.get(0), scope, in)) {
                        output.emit(member.wasSent() ? flag(member, BooleanNode.FALSE) : Absent.MARK, null);
                    }
                },
                "flag/2",
                (scope, args, in, path, output, version) -> {
                    List<Member> otherwise = Member.of(args.get(1), scope, in);
                    for (Member member : Member.of(args.get(0), scope, in)) {
                        output.emit(flag(member, otherwise.get(0).value()), null);
                    }
                });
    }

    private static JsonNode flag(Member member, JsonNode ofNull) throws JsonQueryException {
        JsonNode value = member.value();
        if (value.isNull()) {
            return ofNull;
        }
        Optional<Boolean> flag = read(value);
        if (flag.isEmpty()) {
            throw new RefusedValueException(
                    RefusedValueException.NOT_A_FLAG,
                    member.name(),
                    "is " + SourceId.kind(value) + " that says neither true nor false");
        }
        return BooleanNode.valueOf(flag.get());
    }

    private static Optional<Boolean> read(JsonNode value) {
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        String text = value.isTextual() || value.isIntegralNumber()
                ? value.asText().strip().toLowerCase(Locale.ROOT)
                : "";
        if (TRUE.contains(text)) {
            return Optional.of(true);
        }
        return FALSE.contains(text) ? Optional.of(false) : Optional.empty();
    }
}
