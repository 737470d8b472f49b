package dev.crmsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(100);

    @Test
    void aShareGrowsUntilTheBudgetIsUsedUp() {
        MemoryBudget.Share share = budget.share();
        assertThat(share.grow(60)).isTrue();
        assertThat(share.grow(41)).isFalse();
        assertThat(share.grow(40)).isTrue();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void sharesCompeteForOneBudget() {
        MemoryBudget.Share first = budget.share();
        MemoryBudget.Share second = budget.share();
        assertThat(first.grow(80)).isTrue();
        assertThat(second.grow(30)).isFalse();
        first.close();
        assertThat(second.grow(30)).isTrue();
    }

    @Test
    void aShareIsGivenBackOnce() {
        MemoryBudget.Share share = budget.share();
        share.grow(50);
        share.close();
        share.close();
        assertThat(budget.used()).isZero();
        assertThat(share.grow(1)).isFalse();
    }

    @Test
    void aShareMayHaveToLeaveSomethingToOthers() {
        MemoryBudget.Share large = budget.share();
        assertThat(large.grow(75, 25)).isTrue();
        assertThat(large.grow(1, 25)).isFalse();
        assertThat(budget.share().grow(25)).isTrue();
    }

    @Test
    void isPartOfTheHeap() {
        assertThat(MemoryBudget.ofHeap().size())
                .isBetween(1L, Runtime.getRuntime().maxMemory() / 2);
    }

    @Test
    void cannotBeEmpty() {
        assertThatThrownBy(() -> new MemoryBudget(0)).hasMessageContaining("0 bytes");
    }
}
