package dev.crmsync.webhook.http;

import dev.crmsync.http.MemoryBudget;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** The bytes of one request's body as they come. It takes up what has come, and never more than twice as much. */
final class IncomingBody {

    /** What is taken before the first byte: few bodies are larger. */
    private static final int FIRST = 4 << 10;

    /** Larger ones must leave some of the budget to the others. */
    private static final int SMALL = 64 << 10;

    private static final int PART_FOR_SMALL = 4;

    private final MemoryBudget budget;
    private final MemoryBudget.Share share;
    private final int announced;
    private byte[] bytes = {};
    private volatile int length;

    /** @param announced the length that the sender announced, or -1 */
    IncomingBody(MemoryBudget budget, int announced) {
        this.budget = budget;
        this.share = budget.share();
        this.announced = announced;
    }

    /** How many bytes have come. */
    int length() {
        return length;
    }

    /** How many bytes of memory it takes until so many more have come. */
    int cost(int more) {
        return capacity(more) - bytes.length;
    }

    /** Takes more of the budget. @return false when it has not as much left for a body of this size */
    boolean grow(long cost) {
        return share.grow(cost, share.held() + cost > SMALL ? budget.size() / PART_FOR_SMALL : 0);
    }

    /** Makes room for so many more bytes, whose {@link #cost} has been taken. */
    void ensure(int more) {
        int capacity = capacity(more);
        if (capacity > bytes.length) {
            bytes = Arrays.copyOf(bytes, capacity);
        }
    }

    /** Adds what has come, for which there must be room. */
    void add(Buffer chunk) {
        chunk.getBytes(bytes, length);
        length += chunk.length();
    }

    /** As large as was announced, or twice as large as before, but never much larger than what has come. */
    private int capacity(int more) {
        int needed = Math.max(length + more, Math.min(FIRST, announced));
        if (needed <= bytes.length) {
            return bytes.length;
        }
        int doubled = Math.max(needed, 2 * bytes.length);
        return announced >= needed ? Math.min(announced, doubled) : doubled;
    }

    /** All of them, exactly. */
    byte[] bytes() {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Gives back what was taken of the budget; it cannot grow any more. May be called by any thread. */
    void release() {
        share.close();
    }
}
