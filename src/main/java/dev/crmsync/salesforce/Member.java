package dev.crmsync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import net.thisptr.jackson.jq.path.RootPath;
import org.apache.camel.Exchange;
import org.apache.camel.language.jq.JqFunctions;

/**
 * What an argument of a mapping function yields, and where the event has it.
 *
 * @param value null as JSON when there is none
 * @param expression the argument
 * @param in what it was applied to
 * @param path from there to the value; null for a value that the mapping computes
 */
record Member(JsonNode value, Expression expression, JsonNode in, Path path) {

    /** All that the argument yields, in order. */
    static List<Member> of(Expression argument, Scope scope, JsonNode in) throws JsonQueryException {
        List<Member> members = new ArrayList<>(1);
        argument.apply(
                scope,
                in,
                RootPath.getInstance(),
                (value, path) -> members.add(new Member(value, argument, in, path)),
                false);
        return members;
    }

    /** False when the source left it out, as opposed to sending null. */
    boolean wasSent() throws JsonQueryException {
        if (!value.isNull() || path == null) {
            return true;
        }
        JsonNode node = in;
        for (JsonNode step : steps()) {
            if (node.isNull()) {
                return true;
            }
            node = step.isTextual() ? node.path(step.textValue()) : node.path(step.asInt());
            if (node.isMissingNode()) {
                return false;
            }
        }
        return true;
    }

    /** Whether it says anything: not when it was left out, is null or blank. */
    boolean isFilled() {
        return !value.isNull() && !(value.isTextual() && SourceId.isBlank(value.textValue()));
    }

    /** Its path in the whole event, such as {@code .data.object.id}; for a computed value the expression itself. */
    String name() throws JsonQueryException {
        if (path == null) {
            return expression.toString();
        }
        StringBuilder name = new StringBuilder();
        Exchange exchange = JqFunctions.EXCHANGE_LOCAL.get();
        if (exchange != null && exchange.getMessage().getBody() instanceof JsonNode event && in.isContainerNode()) {
            find(event, name);
        }
        steps().forEach(step -> append(name, step));
        return name.isEmpty() ? "." : name.toString();
    }

    private ArrayNode steps() throws JsonQueryException {
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        path.toJsonNode(steps);
        return steps;
    }

    /** Extends the name by the way to what the argument was applied to; leaves it when that lies elsewhere. */
    private boolean find(JsonNode node, StringBuilder name) {
        if (node == in) {
            return true;
        }
        int length = name.length();
        for (var member : node.properties()) {
            append(name, JsonNodeFactory.instance.textNode(member.getKey()));
            if (find(member.getValue(), name)) {
                return true;
            }
            name.setLength(length);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            append(name, JsonNodeFactory.instance.numberNode(i));
            if (find(node.get(i), name)) {
                return true;
            }
            name.setLength(length);
        }
        return false;
    }

    private static void append(StringBuilder name, JsonNode step) {
        if (step.isTextual() && step.textValue().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            name.append('.').append(step.textValue());
        } else {
            name.append('[').append(step).append(']');
        }
    }
}
