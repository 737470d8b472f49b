package dev.crmsync.sandbox.rest;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values with quotes, as RFC 4180 has them; the delimiter may be another. */
final class Csv {
    private Csv() {}

    /** All lines with their cells. Line ends are LF or CRLF; a last line without content is none. */
    static List<List<String>> parse(String text, char delimiter) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    cell.append(c);
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == delimiter) {
                line.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                line.add(cell.toString());
                cell.setLength(0);
                add(lines, line);
                line = new ArrayList<>();
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        line.add(cell.toString());
        add(lines, line);
        return lines;
    }

    private static void add(List<List<String>> lines, List<String> line) {
        if (line.size() > 1 || !line.get(0).isEmpty()) {
            lines.add(line);
        }
    }

    /** One line with all cells in quotes. */
    static String line(List<String> cells, char delimiter, String lineEnd) {
        StringBuilder line = new StringBuilder();
        for (String cell : cells) {
            line.append(line.isEmpty() ? "" : delimiter)
                    .append('"')
                    .append(cell.replace("\"", "\"\""))
                    .append('"');
        }
        return line.append(lineEnd).toString();
    }
}
