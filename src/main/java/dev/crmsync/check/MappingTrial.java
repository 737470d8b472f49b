package dev.crmsync.check;

import java.util.Optional;
import java.util.Set;

/** Tries a mapping with events that its source is known to send. */
@FunctionalInterface
public interface MappingTrial {

    /** For sources of which no event is known. */
    MappingTrial NONE = (file, route, jq) -> Optional.empty();

    /**
     * Tries one mapping.
     *
     * @param file the route's file
     * @param route the route's id
     * @return what came of it; empty when no event is known that the route could get
     */
    Optional<Result> run(String file, String route, String jq);

    /**
     * What came of it.
     *
     * @param refusal why no known event has a key, such as {@code .data.object.idd is missing}; empty when one has
     * @param filled the fields that a known event fills
     */
    record Result(Optional<String> refusal, Set<String> filled) {

        public Result {
            filled = Set.copyOf(filled);
        }
    }
}
