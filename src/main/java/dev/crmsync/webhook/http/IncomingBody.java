package dev.crmsync.webhook.http;

import dev.crmsync.http.MemoryBudget;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of one request's body as they come. They are kept in pages: one large array would have to be copied as it grows,
 * and the garbage collector rounds it up to whole regions of the heap.
 */
final class IncomingBody {

    /** What is taken before the first byte: few bodies are larger. */
    private static final int FIRST = 4 << 10;

    private static final int PAGE = 32 << 10;

    /** Larger ones must leave some of the budget to the others. */
    private static final int SMALL = 64 << 10;

    private static final int PART_FOR_SMALL = 4;

    private final MemoryBudget budget;
    private final MemoryBudget.Share share;
    private final int announced;
    private final List<byte[]> pages = new ArrayList<>(1);
    private int capacity;
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
        int needed = length + more;
        int cost = 0;
        while (capacity + cost < needed || capacity + cost == 0 && announced > 0) {
            cost += page(capacity + cost);
        }
        return cost;
    }

    /** The size of the page that follows so many bytes: the first one is no larger than most bodies. */
    private int page(int before) {
        if (before > 0) {
            return PAGE;
        }
        return announced > 0 ? Math.min(announced, FIRST) : FIRST;
    }

    /** Takes more of the budget. @return false when it has not as much left for a body of this size */
    boolean grow(long cost) {
        return share.grow(cost, share.held() + cost > SMALL ? budget.size() / PART_FOR_SMALL : 0);
    }

    /** Makes room for so many more bytes, whose {@link #cost} has been taken. */
    void ensure(int more) {
        int end = capacity + cost(more);
        while (capacity < end) {
            byte[] page = new byte[page(capacity)];
            pages.add(page);
            capacity += page.length;
        }
    }

    /** Adds what has come, for which there must be room. */
    void add(Buffer chunk) {
        int from = 0;
        int pageStart = 0;
        for (byte[] page : pages) {
            int at = length - pageStart;
            int count = Math.min(page.length - at, chunk.length() - from);
            if (at < page.length && count > 0) {
                chunk.getBytes(from, from + count, page, at);
                from += count;
                length += count;
            }
            pageStart += page.length;
        }
    }

    /** All of them, exactly; it keeps nothing. */
    byte[] bytes() {
        byte[] all = pages.size() == 1 && capacity == length ? pages.get(0) : joined();
        pages.clear();
        return all;
    }

    private byte[] joined() {
        byte[] all = new byte[length];
        int from = 0;
        for (byte[] page : pages) {
            int count = Math.min(page.length, length - from);
            System.arraycopy(page, 0, all, from, count);
            from += count;
        }
        return all;
    }

    /** Gives back what was taken of the budget; it cannot grow any more. May be called by any thread. */
    void release() {
        share.close();
    }
}
