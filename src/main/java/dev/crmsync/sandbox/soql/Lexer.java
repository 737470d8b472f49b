package dev.crmsync.sandbox.soql;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.soql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a query into tokens. */
final class Lexer {
    private final String query;
    private int at;

    Lexer(String query) {
        this.query = query;
    }

    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        while (true) {
            while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
                at++;
            }
            if (at == query.length()) {
                tokens.add(new Token(Kind.END, "<EOF>", at));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private Token next() {
        char c = query.charAt(at);
        int start = at;
        if (c == '\'') {
            return new Token(Kind.QUOTED, quoted(), start);
        }
        if (Character.isLetter(c) || c == '_') {
            return new Token(Kind.WORD, run("_.:"), start);
        }
        if (Character.isDigit(c) || (c == '-' || c == '+') && at + 1 < query.length()) {
            at++;
            return new Token(Kind.LITERAL, c + run(".:+-"), start);
        }
        String pair = query.substring(at, Math.min(at + 2, query.length()));
        if (List.of("!=", "<>", "<=", ">=").contains(pair)) {
            at += 2;
            return new Token(Kind.SYMBOL, pair, start);
        }
        if ("(),=<>".indexOf(c) < 0) {
            throw ApiException.of(
                    ErrorCode.MALFORMED_QUERY, "line 1:" + at + " no viable alternative at character '" + c + "'");
        }
        at++;
        return new Token(Kind.SYMBOL, String.valueOf(c), start);
    }

    private String run(String alsoAllowed) {
        int start = at;
        while (at < query.length()
                && (Character.isLetterOrDigit(query.charAt(at)) || alsoAllowed.indexOf(query.charAt(at)) >= 0)) {
            at++;
        }
        return query.substring(start, at);
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < query.length() && query.charAt(at) != '\'') {
            char c = query.charAt(at++);
            if (c == '\\' && at < query.length()) {
                text.append(escaped(query.charAt(at++)));
            } else {
                text.append(c);
            }
        }
        if (at == query.length()) {
            throw ApiException.of(ErrorCode.MALFORMED_QUERY, "unexpected token: a quoted text does not end");
        }
        at++;
        return text.toString();
    }

    /** {@code \%} and {@code \_} keep their backslash: LIKE still has to see it. */
    private static String escaped(char c) {
        return switch (c) {
            case 'n', 'N' -> "\n";
            case 'r', 'R' -> "\r";
            case 't', 'T' -> "\t";
            case 'b', 'B' -> "\b";
            case 'f', 'F' -> "\f";
            case '%', '_' -> "\\" + c;
            case '\'', '"', '\\' -> String.valueOf(c);
            default ->
                throw ApiException.of(
                        ErrorCode.MALFORMED_QUERY, "Illegal string escape sequence '\\" + c + "' in character string");
        };
    }
}
