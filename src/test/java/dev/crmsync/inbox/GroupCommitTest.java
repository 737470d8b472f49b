package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.crmsync.worker.Workers;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final CountDownLatch mayCommit = new CountDownLatch(1);
    private final List<List<String>> groups = new CopyOnWriteArrayList<>();
    private final GroupCommit<String, String> commits =
            new GroupCommit<>(Workers.unmeasured(), "test", new GroupLimits(3, 10, 100), String::length, this::commit);

    @AfterEach
    void close() {
        mayCommit.countDown();
        commits.close();
    }

    @Test
    void whatWaitsAtOneMomentSharesACommitUpToTheGroupSize() {
        submitWhileCommitting("a", "b", "c", "d");
        assertThat(groups).containsExactly(List.of("first"), List.of("a", "b", "c"), List.of("d"));
    }

    @Test
    void aGroupKeepsToItsWeightUnlessOneItemIsHeavier() {
        submitWhileCommitting("123456", "12345", "12", "123456789012");
        assertThat(groups)
                .containsExactly(List.of("first"), List.of("123456"), List.of("12345", "12"), List.of("123456789012"));
    }

    @Test
    void eachGetsItsOwnResult() {
        List<CompletableFuture<String>> results = submitWhileCommitting("a", "b");
        assertThat(results).extracting(CompletableFuture::join).containsExactly("a!", "b!");
    }

    @Test
    void oneThatIsRefusedHarmsOnlyItself() {
        List<CompletableFuture<String>> results = submitWhileCommitting("a", "refused", "b");
        assertThat(results.get(0).join()).isEqualTo("a!");
        assertThatThrownBy(results.get(1)::join).hasCauseInstanceOf(RefusedDataException.class);
        assertThat(results.get(2).join()).isEqualTo("b!");
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsLeftOut() {
        commits.submit("first");
        await().until(() -> groups.size() == 1);
        commits.submit("given up").cancel(false);
        CompletableFuture<String> wanted = commits.submit("wanted");
        mayCommit.countDown();
        wanted.join();

        assertThat(groups).containsExactly(List.of("first"), List.of("wanted"));
    }

    private List<CompletableFuture<String>> submitWhileCommitting(String... items) {
        commits.submit("first");
        await().until(() -> groups.size() == 1);
        List<CompletableFuture<String>> results =
                Stream.of(items).map(commits::submit).toList();
        mayCommit.countDown();
        await().until(() -> results.stream().allMatch(CompletableFuture::isDone));
        return results;
    }

    private List<String> commit(List<String> group) {
        groups.add(group);
        try {
            mayCommit.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (group.contains("refused")) {
            throw new RefusedDataException(new SQLException("refused"));
        }
        return group.stream().map(item -> item + "!").toList();
    }
}
