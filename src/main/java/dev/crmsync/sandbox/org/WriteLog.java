package dev.crmsync.sandbox.org;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest writes, oldest first. Bounded; guarded by the org's lock. */
final class WriteLog {
    private final int capacity;
    private final Deque<Write> writes = new ArrayDeque<>();
    private long lastSequence;

    WriteLog(int capacity) {
        this.capacity = capacity;
    }

    long nextSequence() {
        return lastSequence + 1;
    }

    void add(Write write) {
        lastSequence = Math.max(lastSequence, write.sequence());
        if (writes.size() == capacity) {
            writes.removeFirst();
        }
        writes.addLast(write);
    }

    /** The kept writes behind that sequence number. */
    List<Write> after(long sequence) {
        return writes.stream().filter(write -> write.sequence() > sequence).toList();
    }

    /** The newest writes, oldest first. */
    List<Write> last(int count) {
        return writes.stream().skip(Math.max(0, writes.size() - count)).toList();
    }

    void clear() {
        writes.clear();
        lastSequence = 0;
    }
}
