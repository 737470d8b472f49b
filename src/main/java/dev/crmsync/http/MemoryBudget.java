package dev.crmsync.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of heap that the requests of all servers may hold together: bodies being read, waiting, and being parsed.
 * Without it, the number of requests times their largest size would be the only bound, and that is more than a heap.
 */
public final class MemoryBudget {

    /** Leaves room for deliveries, the database's results, and what the garbage collector needs to work at ease. */
    private static final int PART_OF_HEAP = 4;

    private final long size;
    private final AtomicLong used = new AtomicLong();

    /** @param size in bytes, 1 or more */
    public MemoryBudget(long size) {
        if (size < 1) {
            throw new IllegalArgumentException("The memory budget must be positive, was: " + size + " bytes");
        }
        this.size = size;
    }

    /** A quarter of the heap that this process may grow to. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** Shows {@code crm.http.memory.used} and {@code crm.http.memory.size}, both in bytes. */
    public MemoryBudget measuredIn(MeterRegistry registry) {
        Gauge.builder("crm.http.memory.used", this, MemoryBudget::used)
                .description("What the requests of all servers hold of their memory budget")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("crm.http.memory.size", this, MemoryBudget::size)
                .description("The memory budget that the requests of all servers share")
                .baseUnit("bytes")
                .register(registry);
        return this;
    }

    /** A share that holds nothing yet. */
    public Share share() {
        return new Share();
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** In bytes, at this moment. */
    public long used() {
        return used.get();
    }

    private boolean take(long bytes, long leaving) {
        long before;
        do {
            before = used.get();
            if (before + bytes > size - leaving) {
                return false;
            }
        } while (!used.compareAndSet(before, before + bytes));
        return true;
    }

    /** What one request holds of the budget. */
    public final class Share implements AutoCloseable {

        private long held;
        private boolean closed;

        private Share() {}

        /**
         * Takes more, all of it or nothing.
         *
         * @param bytes 0 or more
         * @return false when the budget has not as much left, or this share was given back
         */
        public boolean grow(long bytes) {
            return grow(bytes, 0);
        }

        /**
         * Takes more, all of it or nothing.
         *
         * @param bytes 0 or more
         * @param leaving what must stay free for others, in bytes
         * @return false when the budget has not as much left, or this share was given back
         */
        public synchronized boolean grow(long bytes, long leaving) {
            if (closed || !take(bytes, leaving)) {
                return false;
            }
            held += bytes;
            return true;
        }

        /** In bytes. */
        public synchronized long held() {
            return held;
        }

        /** Gives everything back, once; the share cannot grow any more. */
        @Override
        public synchronized void close() {
            used.addAndGet(-held);
            held = 0;
            closed = true;
        }
    }
}
