package dev.crmsync.bench;

import java.util.Locale;

/** Prints rows as they come, in columns. */
final class Table {

    private final String format;

    Table(String question, String... columns) {
        this.format = "%-44s" + "%16s".repeat(columns.length - 1) + "%n";
        System.out.printf("%n%s%n%d processors, Java %s%n%n", question, Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature());
        System.out.printf(format, (Object[]) columns);
    }

    void row(String what, Object... values) {
        Object[] cells = new Object[values.length + 1];
        cells[0] = what;
        for (int i = 0; i < values.length; i++) {
            cells[i + 1] = values[i] instanceof Double number
                    ? String.format(Locale.ROOT, number < 100 ? "%.2f" : "%,.0f", number)
                    : values[i] instanceof Long || values[i] instanceof Integer
                            ? String.format(Locale.ROOT, "%,d", values[i])
                            : String.valueOf(values[i]);
        }
        System.out.printf(format, cells);
        System.out.flush();
    }
}
