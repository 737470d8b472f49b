package dev.crmsync.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.http.MemoryBudget;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class IncomingBodyTest {

    @Property(tries = 300)
    void puttingThePiecesTogetherGivesTheBodyThatWasSent(
            @ForAll @IntRange(max = 200_000) int size,
            @ForAll @IntRange(min = 1, max = 70_000) int largestPiece,
            @ForAll boolean announced,
            @ForAll Random random) {
        byte[] sent = new byte[size];
        random.nextBytes(sent);
        IncomingBody body = new IncomingBody(new MemoryBudget(1 << 20), announced ? size : -1);
        long taken = body.cost(0);
        body.ensure(0);

        for (int from = 0; from < size; ) {
            int piece = Math.min(size - from, 1 + random.nextInt(largestPiece));
            taken += body.cost(piece);
            body.ensure(piece);
            assertThat(body.cost(piece)).isZero();
            body.add(Buffer.buffer().appendBytes(sent, from, piece));
            from += piece;
        }

        assertThat(body.length()).isEqualTo(size);
        assertThat(taken).isBetween((long) size, size + (36L << 10));
        assertThat(body.bytes()).isEqualTo(sent);
    }
}
