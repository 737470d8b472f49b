package dev.crmsync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.deadletter.EventFilter;
import dev.crmsync.deadletter.ReplayRequest;
import java.util.List;

/** What the commands can do with dead letters: at a console, or at the database itself. Answers are the console's JSON. */
interface DeadLettersApi extends AutoCloseable {

    /** @param before where the page before ended, or null */
    JsonNode page(EventFilter filter, String before, int limit);

    /** @throws IllegalArgumentException when there is none */
    JsonNode event(long id);

    /** @return how many were dead letters until now */
    int discard(List<Long> ids, String reason);

    /**
     * Ends a pending event.
     *
     * @param as {@code dead} or {@code discarded}
     * @throws IllegalArgumentException when there is none
     * @throws IllegalStateException when it is being delivered, or not pending
     */
    void end(long id, String as, String reason);

    /**
     * Forgets the order of the event's subject, and of the records that the event has sent.
     *
     * @return what is forgotten, for people
     * @throws IllegalArgumentException when there is none
     * @throws IllegalStateException when the subject or one of the records is being delivered
     */
    String resetOrder(long id, String reason);

    /**
     * What a replay of the event would do now: {@code outcome}, {@code reason}, {@code records}.
     *
     * @throws IllegalStateException where no routes run that could tell
     */
    JsonNode preview(long id);

    /** How many events a replay would take: {@code matched}, at least that many unless {@code isExact}. */
    JsonNode count(ReplayRequest request);

    /** Makes a replay job. */
    JsonNode replay(ReplayRequest request);

    /** Where a replay job stands. */
    JsonNode replay(long id);

    /** Works on replay jobs until closed, where nobody else may be there to do it. */
    void carryOutReplays();

    /** Who gives the command. */
    String who();

    @Override
    void close();
}
