package dev.crmsync.salesforce;

import dev.crmsync.event.Tracing;
import dev.crmsync.event.Turn;
import dev.crmsync.record.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An upsert whose exchange waits for the row's result. */
final class PendingUpsert {

    private static final Logger LOG = LoggerFactory.getLogger(PendingUpsert.class);

    private final Upsert upsert;
    private final Statement statement;
    private final Turn turn;
    private final Tracing.Span span;
    private final BiConsumer<UpsertResult, Exception> reply;
    private final List<ExternalKey> parents;
    private final int bytes;
    private final AtomicBoolean replied = new AtomicBoolean();
    private boolean alone;

    PendingUpsert(Upsert upsert, Turn turn, BiConsumer<UpsertResult, Exception> reply) {
        this(upsert, null, turn, Tracing.Span.NONE, reply);
    }

    /**
     * @param statement what the event says of the record, or null for what belongs to no event
     * @param span lasts until the reply; the call that carries the upsert is linked with it
     * @param reply receives the result, or else the exception; never both
     */
    PendingUpsert(
            Upsert upsert,
            Statement statement,
            Turn turn,
            Tracing.Span span,
            BiConsumer<UpsertResult, Exception> reply) {
        this.upsert = upsert;
        this.statement = statement;
        this.turn = turn;
        this.span = span;
        this.reply = reply;
        this.parents = List.copyOf(upsert.relations().values());
        this.bytes = upsert.fields().toString().length();
    }

    Upsert upsert() {
        return upsert;
    }

    /** What the event says of the record, or null. */
    Statement statement() {
        return statement;
    }

    boolean isDeletion() {
        return statement != null && statement.kind() == Statement.Kind.DELETION;
    }

    Turn turn() {
        return turn;
    }

    Tracing.Span span() {
        return span;
    }

    /** The records that this one relates to by external id. */
    List<ExternalKey> parents() {
        return parents;
    }

    /** Rough size in the request. */
    int bytes() {
        return bytes;
    }

    /** True once it was part of a row that failed: from then on it is tried by itself. */
    boolean isAlone() {
        return alone;
    }

    void separate() {
        alone = true;
    }

    void succeed(UpsertResult result) {
        reply(result, null);
    }

    void fail(Exception failure) {
        reply(null, failure);
    }

    /** Once; what the exchange throws as it goes on must keep no other row from its answer. */
    private void reply(UpsertResult result, Exception failure) {
        if (replied.compareAndSet(false, true)) {
            turn.resume();
            try {
                reply.accept(result, failure);
            } catch (RuntimeException | Error e) {
                LOG.error("The exchange of a record of {} broke off after its answer", upsert.object(), e);
            }
        }
    }
}
