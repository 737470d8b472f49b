package dev.crmsync.inbox;

import java.util.Optional;

/**
 * That this process may claim and deliver: the others on the database know that it is alive. What an owner has claimed is
 * taken over by others as soon as that is over, without waiting for the end of its leases.
 */
public interface Ownership extends AutoCloseable {

    /**
     * The name to claim under, or empty while this process must neither claim nor write. When it was empty for a time it may be
     * another name: what was claimed under the one before is lost.
     */
    Optional<String> owner();

    /** True while nobody takes over what was claimed under this name. To be asked right before each write. */
    default boolean isHeldBy(String owner) {
        return owner().filter(owner::equals).isPresent();
    }

    /** True while this process may claim. */
    default boolean isHeld() {
        return owner().isPresent();
    }

    /** Gives it up: whatever is still leased to its owner is free for others. */
    @Override
    default void close() {}
}
