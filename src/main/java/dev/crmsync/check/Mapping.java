package dev.crmsync.check;

import dev.crmsync.check.jq.Expression;
import dev.crmsync.check.jq.JqSyntaxException;
import java.util.Optional;
import java.util.Set;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * What one jq mapping can write.
 *
 * @param members the fields, or null when they cannot be read
 * @param problem why they cannot be read, or only in part
 * @param error why the mapping cannot run at all
 */
record Mapping(Shape.Members members, Optional<String> problem, Optional<String> error) {

    static Mapping read(String jq) {
        try {
            JsonQuery.compile(jq, Versions.JQ_1_7);
        } catch (JsonQueryException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new Mapping(null, Optional.empty(), Optional.of("the mapping is no jq: " + message));
        }
        try {
            return of(Evaluation.of(Expression.parse(jq)));
        } catch (JqSyntaxException e) {
            return new Mapping(
                    null,
                    Optional.of("the mapping is beyond what this check reads: " + e.getMessage()),
                    Optional.empty());
        }
    }

    private static Mapping of(Set<Shape> results) {
        Shape.Members all = null;
        boolean known = !results.isEmpty();
        for (Shape result : results) {
            if (result instanceof Shape.Members members) {
                all = all == null ? members : all.or(members);
                known &= members.complete();
            } else {
                known = false;
            }
        }
        return new Mapping(
                all == null || known ? all : new Shape.Members(all.values(), false),
                known
                        ? Optional.empty()
                        : Optional.of(
                                all == null
                                        ? "the mapping does not end in an object with named fields"
                                        : "the mapping can write more fields than its text names"),
                Optional.empty());
    }
}
