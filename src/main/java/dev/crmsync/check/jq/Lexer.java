package dev.crmsync.check.jq;

import dev.crmsync.check.jq.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Divides jq into words. */
final class Lexer {

    private static final Pattern BLANK = Pattern.compile("(?:\\s|#[^\\n]*)+");
    private static final Pattern NUMBER = Pattern.compile("(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(?:::[A-Za-z_]\\w*)*");
    private static final Pattern FIELD = Pattern.compile("\\.([A-Za-z_]\\w*)");
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_]\\w*(?:::\\w+)*)");
    private static final Pattern FORMAT = Pattern.compile("@\\w+");
    private static final Pattern SYMBOL =
            Pattern.compile("\\?//|//=|\\|=|\\+=|-=|\\*=|/=|%=|==|!=|<=|>=|//|\\.\\.|[-+*/%=<>|,;:?.()\\[\\]{}]");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** @throws JqSyntaxException at a character that starts no word */
    static List<Token> tokens(String text) {
        return new Lexer(text).read();
    }

    private List<Token> read() {
        while (at < text.length()) {
            if (match(BLANK) != null) {
                continue;
            }
            if (text.charAt(at) == '"') {
                string();
            } else if (!word(NUMBER, 0, Kind.NUMBER)
                    && !word(FIELD, 1, Kind.FIELD)
                    && !word(NAME, 0, Kind.NAME)
                    && !word(VARIABLE, 1, Kind.VARIABLE)
                    && !word(FORMAT, 0, Kind.FORMAT)
                    && !word(SYMBOL, 0, Kind.SYMBOL)) {
                throw new JqSyntaxException("unexpected '" + text.charAt(at) + "'");
            }
        }
        tokens.add(new Token(Kind.END, "the end"));
        return tokens;
    }

    private boolean word(Pattern pattern, int group, Kind kind) {
        Matcher found = match(pattern);
        if (found != null) {
            tokens.add(new Token(kind, found.group(group)));
        }
        return found != null;
    }

    private Matcher match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    private void string() {
        StringBuilder content = new StringBuilder();
        boolean interpolated = false;
        at++;
        while (peek() != '"') {
            if (peek() != '\\') {
                content.append(text.charAt(at++));
            } else if (text.startsWith("\\(", at)) {
                interpolated = true;
                skipInterpolation();
            } else {
                at++;
                content.append(escaped());
            }
        }
        at++;
        tokens.add(new Token(interpolated ? Kind.INTERPOLATED : Kind.STRING, content.toString()));
    }

    private char escaped() {
        char code = peek();
        at++;
        return switch (code) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> code;
        };
    }

    private char unicode() {
        try {
            char character = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return character;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new JqSyntaxException("\\u needs four hexadecimal digits");
        }
    }

    /** Passes over {@code \(…)}, in which there may be parentheses and strings again. */
    private void skipInterpolation() {
        at += 2;
        int depth = 1;
        while (depth > 0) {
            char next = peek();
            if (next == '"') {
                int words = tokens.size();
                string();
                tokens.subList(words, tokens.size()).clear();
            } else {
                depth += next == '(' ? 1 : next == ')' ? -1 : 0;
                at++;
            }
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new JqSyntaxException("a string does not end");
        }
        return text.charAt(at);
    }
}
