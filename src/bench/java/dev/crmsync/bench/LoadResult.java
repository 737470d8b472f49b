package dev.crmsync.bench;

import java.util.Arrays;

/**
 * What a {@link Load} measured.
 *
 * @param startedAt epoch milliseconds at which its warm-up began
 * @param rate requests a second that were accepted
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param refused requests that were not accepted
 * @param cpuMicros CPU time that the server took for a request, in microseconds
 * @param warmUp requests accepted in each second of the warm-up
 */
record LoadResult(long startedAt, double rate, double p50, double p99, long refused, double cpuMicros, int[] warmUp) {

    static LoadResult of(String line) {
        String[] parts = line.strip().split(" ");
        int[] warmUp = Arrays.stream(parts[7].split(",")).mapToInt(Integer::parseInt).toArray();
        return new LoadResult(
                Long.parseLong(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[6]) * 1e3 / Math.max(1, Long.parseLong(parts[5])),
                warmUp);
    }

    /** The rate of the warm-up between these seconds after the moment, as a part of the warm rate; NaN when it was shorter. */
    double partOfWarmRate(long moment, int from, int to) {
        int offset = (int) ((startedAt - moment) / 1_000);
        if (from < offset || to - offset > warmUp.length) {
            return Double.NaN;
        }
        return Arrays.stream(warmUp, from - offset, to - offset).average().orElseThrow() / rate;
    }
}
