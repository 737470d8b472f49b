package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.Exchange;
import org.apache.camel.language.jq.JqFunctions;

/**
 * The functions that say which record, or which thing at the source, an event is about; {@link MappingFunctions} lists
 * them. An argument that yields several values, such as {@code (.id, .number)}, counts as the first that is filled. What
 * cannot be an id is refused with {@value RefusedValueException#INCOMPLETE_KEY}.
 */
final class KeyFunctions {

    private static final String TENANT = "tenant";
    private static final String SUBJECT = "subject";

    /** What people write into a form that demands a value. */
    private static final Set<String> PLACEHOLDERS =
            Set.of("0", "n/a", "n.a.", "na", "none", "null", "nil", "undefined", "unknown", "tbd", "keine");

    private KeyFunctions() {}

    static Map<String, Function> all() {
        return Map.of(
                "key/0", (scope, args, in, path, output, version) -> output.emit(keyOfSubject(), null),
                "key/1",
                        (scope, args, in, path, output, version) ->
                                output.emit(key(chosen(Member.of(args.get(0), scope, in))), null),
                "ref/2",
                        (scope, args, in, path, output, version) -> {
                            JsonNode field =
                                    single(Member.of(args.get(0), scope, in)).value();
                            output.emit(reference(field.asText(), Member.of(args.get(1), scope, in)), null);
                        },
                "subject/2",
                        (scope, args, in, path, output, version) -> {
                            String kind = single(Member.of(args.get(0), scope, in))
                                    .value()
                                    .asText();
                            Member member = chosen(Member.of(args.get(1), scope, in));
                            refuseIf(SourceId.fault(member.value()), member);
                            output.emit(
                                    TextNode.valueOf(kind + ":" + member.value().asText()), null);
                        },
                "required/1",
                        (scope, args, in, path, output, version) -> {
                            Member member = chosen(Member.of(args.get(0), scope, in));
                            refuseIf(SourceId.fault(member.value()), member);
                            output.emit(member.value(), null);
                        },
                "filled/0", (scope, args, in, path, output, version) -> output.emit(filled(in), path));
    }

    private static JsonNode reference(String field, List<Member> members) throws JsonQueryException {
        boolean saysNothing = members.stream().allMatch(member -> member.value().isNull());
        return saysNothing ? Absent.MARK : JsonNodeFactory.instance.objectNode().set(field, key(chosen(members)));
    }

    private static JsonNode key(Member id) throws JsonQueryException {
        String tenant = tenant();
        refuseIf(SourceKey.faultOfId(tenant, id.value()), id);
        return TextNode.valueOf(SourceKey.of(tenant, id.value()));
    }

    private static JsonNode keyOfSubject() throws JsonQueryException {
        String subject = header(SUBJECT);
        int colon = subject == null ? -1 : subject.indexOf(':');
        if (colon < 0 || subject.startsWith("event:")) {
            throw incomplete(SUBJECT, "names no record");
        }
        JsonNode id = TextNode.valueOf(subject.substring(colon + 1));
        Optional<String> fault = SourceKey.faultOfId(tenant(), id);
        if (fault.isPresent()) {
            throw incomplete(SUBJECT, fault.get());
        }
        return TextNode.valueOf(SourceKey.of(tenant(), id));
    }

    private static String tenant() throws JsonQueryException {
        String tenant = header(TENANT);
        Optional<String> fault = SourceKey.faultOfTenant(tenant);
        if (fault.isPresent()) {
            throw incomplete(TENANT, fault.get());
        }
        return tenant;
    }

    private static String header(String name) {
        Exchange exchange = JqFunctions.EXCHANGE_LOCAL.get();
        return exchange == null ? null : exchange.getMessage().getHeader(name, String.class);
    }

    /** The first that is filled; a single one whatever it holds. */
    private static Member chosen(List<Member> members) throws JsonQueryException {
        List<String> names = new ArrayList<>();
        for (Member member : members) {
            if (member.isFilled()) {
                return member;
            }
            names.add(member.name());
        }
        if (names.size() > 1) {
            throw incomplete(String.join(" // ", names), "is missing, null or blank");
        }
        return single(members);
    }

    private static Member single(List<Member> members) throws JsonQueryException {
        if (members.isEmpty()) {
            throw incomplete("The key", "is missing: the mapping yields nothing for it");
        }
        return members.get(0);
    }

    private static void refuseIf(Optional<String> fault, Member member) throws JsonQueryException {
        if (fault.isPresent()) {
            throw incomplete(member.name(), member.wasSent() ? fault.get() : "is missing");
        }
    }

    private static RefusedValueException incomplete(String place, String fault) {
        return new RefusedValueException(RefusedValueException.INCOMPLETE_KEY, place, fault);
    }

    /** The value without white space around it, or null for what stands in for nothing. */
    private static JsonNode filled(JsonNode value) {
        String text =
                value.isTextual() || value.isIntegralNumber() ? value.asText().strip() : null;
        if (text == null) {
            return value;
        }
        boolean saysNothing = PLACEHOLDERS.contains(text.toLowerCase(Locale.ROOT))
                || text.codePoints().noneMatch(Character::isLetterOrDigit);
        return saysNothing ? NullNode.getInstance() : value.isTextual() ? TextNode.valueOf(text) : value;
    }
}
