package dev.crmsync.cli;

import dev.crmsync.check.Finding;
import dev.crmsync.check.Finding.Severity;
import dev.crmsync.check.Report;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** Prints a report of the check: by file, route and object, one finding a line. */
final class CheckText {

    private final PrintWriter out;
    private final ColorScheme colors;

    CheckText(PrintWriter out, ColorScheme colors) {
        this.out = out;
        this.colors = colors;
    }

    void print(Report report, String source) {
        String place = "";
        int widest = report.findings().stream()
                .mapToInt(finding -> finding.field().length())
                .max()
                .orElse(0);
        for (Finding finding : report.findings()) {
            String at = finding.place();
            if (!at.equals(place)) {
                out.println(bold(at));
                place = at;
            }
            String field = finding.field().isEmpty() ? "-" : finding.field();
            out.println("  " + severity(finding.severity()) + "  " + field
                    + " ".repeat(Math.max(0, widest - field.length())) + "  " + finding.message());
        }
        if (!report.findings().isEmpty()) {
            out.println();
        }
        out.println(summary(report, source));
        out.flush();
    }

    private static String summary(Report report, String source) {
        return counted(report.upserts(), "upsert") + " in " + counted(report.files(), "file")
                + " of routes held against "
                + source + ": "
                + (report.findings().isEmpty()
                        ? "all well"
                        : counted(report.count(Severity.ERROR), "error") + ", "
                                + counted(report.count(Severity.WARNING), "warning"));
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private String severity(Severity severity) {
        return severity == Severity.ERROR
                ? colors.ansi().string("@|bold,red error  |@")
                : colors.ansi().string("@|yellow warning|@");
    }

    private String bold(String text) {
        return colors.apply(text, List.of(Style.bold)).toString();
    }
}
