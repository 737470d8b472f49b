package dev.crmsync.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The lines of two texts with what was taken away and what came. */
public final class LineDiff {

    private static final int MOST_LINES = 2_000;

    /**
     * One line.
     *
     * @param mark {@code -} taken away, {@code +} new, a space for what stayed
     */
    public record Line(String mark, String text) {}

    private LineDiff() {}

    /** By the longest common subsequence; texts of more than 2000 lines are shown as replaced. */
    static List<Line> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> fresh = after.lines().toList();
        List<Line> lines = new ArrayList<>();
        if (old.size() > MOST_LINES || fresh.size() > MOST_LINES) {
            old.forEach(line -> lines.add(new Line("-", line)));
            fresh.forEach(line -> lines.add(new Line("+", line)));
            return lines;
        }
        int[][] common = common(old, fresh);
        int i = old.size();
        int j = fresh.size();
        while (i > 0 || j > 0) {
            if (i > 0 && j > 0 && old.get(i - 1).equals(fresh.get(j - 1))) {
                lines.add(new Line(" ", old.get(--i)));
                j--;
            } else if (j > 0 && (i == 0 || common[i][j - 1] >= common[i - 1][j])) {
                lines.add(new Line("+", fresh.get(--j)));
            } else {
                lines.add(new Line("-", old.get(--i)));
            }
        }
        Collections.reverse(lines);
        return lines;
    }

    private static int[][] common(List<String> old, List<String> fresh) {
        int[][] common = new int[old.size() + 1][fresh.size() + 1];
        for (int i = 1; i <= old.size(); i++) {
            for (int j = 1; j <= fresh.size(); j++) {
                common[i][j] = old.get(i - 1).equals(fresh.get(j - 1))
                        ? common[i - 1][j - 1] + 1
                        : Math.max(common[i - 1][j], common[i][j - 1]);
            }
        }
        return common;
    }
}
