package dev.crmsync.check.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.crmsync.check.jq.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Recursive descent over the grammar of jq 1.6, loosest binding first. */
final class Parser {

    private static final Set<String> ASSIGNMENTS = Set.of("=", "|=", "+=", "-=", "*=", "/=", "%=", "//=");
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final List<Token> tokens;
    private int at;

    Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    Expression whole() {
        Expression whole = pipe();
        if (peek().kind() != Kind.END) {
            throw unexpected();
        }
        return whole;
    }

    private Expression pipe() {
        if (peek().is("def")) {
            return definition();
        }
        Expression left = comma();
        if (accept("as")) {
            return binding(left);
        }
        return accept("|") ? new Expression.Pipe(left, pipe()) : left;
    }

    private Expression definition() {
        expect("def");
        String name = next().text();
        List<String> parameters = new ArrayList<>();
        if (accept("(")) {
            do {
                Token parameter = next();
                parameters.add(parameter.kind() == Kind.VARIABLE ? "$" + parameter.text() : parameter.text());
            } while (accept(";"));
            expect(")");
        }
        expect(":");
        Expression body = pipe();
        expect(";");
        return new Expression.Definition(name, parameters, body, pipe());
    }

    private Expression binding(Expression source) {
        int start = at;
        List<String> names = new ArrayList<>();
        while (!peek().is("|")) {
            Token token = next();
            if (token.kind() == Kind.END || token.is("?//")) {
                throw unexpected();
            }
            if (token.kind() == Kind.VARIABLE) {
                names.add(token.text());
            }
        }
        boolean whole = at - start == 1 && names.size() == 1;
        expect("|");
        return new Expression.Binding(source, names, whole, pipe());
    }

    private Expression comma() {
        Expression left = alternative();
        while (accept(",")) {
            left = new Expression.Binary(",", left, alternative());
        }
        return left;
    }

    private Expression alternative() {
        Expression left = assignment();
        return accept("//") ? new Expression.Binary("//", left, alternative()) : left;
    }

    private Expression assignment() {
        Expression left = or();
        if (peek().kind() == Kind.SYMBOL && ASSIGNMENTS.contains(peek().text())) {
            return new Expression.Binary(next().text(), left, alternative());
        }
        return left;
    }

    private Expression or() {
        Expression left = and();
        while (accept("or")) {
            left = new Expression.Binary("or", left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = comparison();
        while (accept("and")) {
            left = new Expression.Binary("and", left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        Expression left = sum();
        if (peek().kind() == Kind.SYMBOL && COMPARISONS.contains(peek().text())) {
            return new Expression.Binary(next().text(), left, sum());
        }
        return left;
    }

    private Expression sum() {
        Expression left = product();
        while (peek().is("+") || peek().is("-")) {
            left = new Expression.Binary(next().text(), left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = postfix();
        while (peek().is("*") || peek().is("/") || peek().is("%")) {
            left = new Expression.Binary(next().text(), left, postfix());
        }
        return left;
    }

    private Expression postfix() {
        Expression term = term();
        while (true) {
            if (peek().kind() == Kind.FIELD) {
                term = new Expression.Field(term, next().text());
            } else if (peek().is(".") && isString(tokens.get(at + 1))) {
                expect(".");
                term = new Expression.Field(term, next().text());
            } else if (peek().is("[") || peek().is(".") && tokens.get(at + 1).is("[")) {
                accept(".");
                term = brackets(term);
            } else if (!accept("?")) {
                return term;
            }
        }
    }

    private Expression brackets(Expression of) {
        expect("[");
        if (accept("]")) {
            return new Expression.Iteration(of);
        }
        Expression from = peek().is(":") ? null : pipe();
        if (accept(":")) {
            Expression to = peek().is("]") ? null : pipe();
            expect("]");
            return new Expression.Slice(of, from, to);
        }
        expect("]");
        return new Expression.Index(of, from);
    }

    private Expression term() {
        Token token = next();
        return switch (token.kind()) {
            case NUMBER -> constant(DecimalNode.valueOf(new BigDecimal(token.text())));
            case STRING -> constant(TextNode.valueOf(token.text()));
            case INTERPOLATED -> new Expression.Interpolated();
            case FORMAT -> format();
            case VARIABLE -> new Expression.Variable(token.text());
            case FIELD -> new Expression.Field(new Expression.Identity(), token.text());
            case NAME -> named(token.text());
            case SYMBOL -> symbol(token);
            case END -> throw new JqSyntaxException("it ends too early");
        };
    }

    private Expression format() {
        if (isString(peek())) {
            next();
        }
        return new Expression.Interpolated();
    }

    private Expression symbol(Token token) {
        switch (token.text()) {
            case ".":
                return isString(peek())
                        ? new Expression.Field(new Expression.Identity(), next().text())
                        : new Expression.Identity();
            case "..":
                return new Expression.Opaque("..");
            case "-":
                postfix();
                return new Expression.Opaque("-");
            case "(":
                Expression inner = pipe();
                expect(")");
                return inner;
            case "[":
                Expression items = peek().is("]") ? null : pipe();
                expect("]");
                return new Expression.ArrayOf(items);
            case "{":
                return object();
            default:
                at--;
                throw unexpected();
        }
    }

    private Expression named(String name) {
        return switch (name) {
            case "true" -> constant(BooleanNode.TRUE);
            case "false" -> constant(BooleanNode.FALSE);
            case "null" -> constant(NullNode.getInstance());
            case "if" -> conditional();
            case "try" -> attempt();
            case "reduce", "foreach" -> loop(name);
            case "label" -> throw new JqSyntaxException("label is not supported by this check");
            default -> new Expression.Call(name, arguments());
        };
    }

    private Expression conditional() {
        List<Expression> outcomes = new ArrayList<>();
        do {
            pipe();
            expect("then");
            outcomes.add(pipe());
        } while (accept("elif"));
        Expression otherwise = accept("else") ? pipe() : new Expression.Identity();
        expect("end");
        return new Expression.Conditional(outcomes, otherwise);
    }

    private Expression attempt() {
        Expression body = postfix();
        return accept("catch") ? new Expression.Binary(",", body, postfix()) : body;
    }

    private Expression loop(String name) {
        postfix();
        expect("as");
        while (!peek().is("(") && peek().kind() != Kind.END) {
            next();
        }
        arguments();
        return new Expression.Opaque(name);
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        if (accept("(")) {
            do {
                arguments.add(pipe());
            } while (accept(";"));
            expect(")");
        }
        return arguments;
    }

    private Expression object() {
        List<Expression.Member> members = new ArrayList<>();
        while (!accept("}")) {
            members.add(member());
            if (!peek().is("}")) {
                expect(",");
            }
        }
        return new Expression.ObjectOf(members);
    }

    private Expression.Member member() {
        Token token = next();
        Expression key;
        Expression value;
        if (token.is("(")) {
            key = pipe();
            expect(")");
            value = null;
        } else if (token.kind() == Kind.VARIABLE) {
            key = constant(TextNode.valueOf(token.text()));
            value = new Expression.Variable(token.text());
        } else if (token.kind() == Kind.NAME || token.kind() == Kind.STRING) {
            key = constant(TextNode.valueOf(token.text()));
            value = new Expression.Field(new Expression.Identity(), token.text());
        } else if (token.kind() == Kind.INTERPOLATED) {
            key = new Expression.Interpolated();
            value = new Expression.Index(new Expression.Identity(), key);
        } else {
            at--;
            throw unexpected();
        }
        if (value == null) {
            expect(":");
            return new Expression.Member(key, memberValue());
        }
        return new Expression.Member(key, accept(":") ? memberValue() : value);
    }

    private Expression memberValue() {
        Expression left = alternative();
        return accept("|") ? new Expression.Pipe(left, memberValue()) : left;
    }

    private static Expression constant(JsonNode value) {
        return new Expression.Constant(value);
    }

    private static boolean isString(Token token) {
        return token.kind() == Kind.STRING || token.kind() == Kind.INTERPOLATED;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private boolean accept(String text) {
        if (peek().is(text)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String text) {
        if (!accept(text)) {
            throw new JqSyntaxException("expected '" + text + "' but found '" + peek().text() + "'");
        }
    }

    private JqSyntaxException unexpected() {
        return new JqSyntaxException("unexpected '" + peek().text() + "'");
    }
}
