package dev.crmsync.check.jq;

import dev.crmsync.check.jq.Token.Kind;
import java.util.List;

/** The tokens of an expression, and how far they have been read. The last one is the end, which is never passed. */
final class Tokens {

    private final List<Token> tokens;
    private int at;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(at + 1);
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    /** Takes back the latest {@link #next()}. */
    void back() {
        at--;
    }

    int position() {
        return at;
    }

    /** Reads that token if it is the next one. */
    boolean accept(String text) {
        if (peek().is(text)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String text) {
        if (!accept(text)) {
            throw new JqSyntaxException("expected '" + text + "' but found '" + peek().text() + "'");
        }
    }

    JqSyntaxException unexpected() {
        return new JqSyntaxException("unexpected '" + peek().text() + "'");
    }
}
