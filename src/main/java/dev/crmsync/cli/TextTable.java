package dev.crmsync.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Lines in columns as wide as they need, up to a limit. */
final class TextTable {

    private static final int WIDEST = 40;
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... titles) {
        rows.add(titles);
    }

    void row(String... cells) {
        String[] printable = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            printable[i] = fit(cells[i], i == cells.length - 1 ? 2 * WIDEST : WIDEST);
        }
        rows.add(printable);
    }

    /** Senders' texts may hold characters that a terminal would obey. */
    private static String fit(String cell, int widest) {
        String printable = printable(cell);
        return printable.length() <= widest ? printable : printable.substring(0, widest - 1) + "…";
    }

    /** The text without what a terminal would obey. */
    static String printable(String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "·");
    }

    void print(PrintWriter out) {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row[i])
                        .append(" ".repeat(widths[i] - row[i].length()))
                        .append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
