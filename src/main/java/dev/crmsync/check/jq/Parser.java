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

    private final Tokens tokens;

    Parser(List<Token> tokens) {
        this.tokens = new Tokens(tokens);
    }

    Expression whole() {
        Expression whole = pipe();
        if (tokens.peek().kind() != Kind.END) {
            throw tokens.unexpected();
        }
        return whole;
    }

    private Expression pipe() {
        if (tokens.peek().is("def")) {
            return definition();
        }
        Expression left = comma();
        if (tokens.accept("as")) {
            return binding(left);
        }
        return tokens.accept("|") ? new Expression.Pipe(left, pipe()) : left;
    }

    private Expression definition() {
        tokens.expect("def");
        String name = tokens.next().text();
        List<String> parameters = new ArrayList<>();
        if (tokens.accept("(")) {
            do {
                Token parameter = tokens.next();
                parameters.add(parameter.kind() == Kind.VARIABLE ? "$" + parameter.text() : parameter.text());
            } while (tokens.accept(";"));
            tokens.expect(")");
        }
        tokens.expect(":");
        Expression body = pipe();
        tokens.expect(";");
        return new Expression.Definition(name, parameters, body, pipe());
    }

    private Expression binding(Expression source) {
        int start = tokens.position();
        List<String> names = new ArrayList<>();
        while (!tokens.peek().is("|")) {
            Token token = tokens.next();
            if (token.kind() == Kind.END || token.is("?//")) {
                throw tokens.unexpected();
            }
            if (token.kind() == Kind.VARIABLE) {
                names.add(token.text());
            }
        }
        boolean whole = tokens.position() - start == 1 && names.size() == 1;
        tokens.expect("|");
        return new Expression.Binding(source, names, whole, pipe());
    }

    private Expression comma() {
        Expression left = alternative();
        while (tokens.accept(",")) {
            left = new Expression.Binary(",", left, alternative());
        }
        return left;
    }

    private Expression alternative() {
        Expression left = assignment();
        return tokens.accept("//") ? new Expression.Binary("//", left, alternative()) : left;
    }

    private Expression assignment() {
        Expression left = or();
        if (tokens.peek().kind() == Kind.SYMBOL
                && ASSIGNMENTS.contains(tokens.peek().text())) {
            return new Expression.Binary(tokens.next().text(), left, alternative());
        }
        return left;
    }

    private Expression or() {
        Expression left = and();
        while (tokens.accept("or")) {
            left = new Expression.Binary("or", left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = comparison();
        while (tokens.accept("and")) {
            left = new Expression.Binary("and", left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        Expression left = sum();
        if (tokens.peek().kind() == Kind.SYMBOL
                && COMPARISONS.contains(tokens.peek().text())) {
            return new Expression.Binary(tokens.next().text(), left, sum());
        }
        return left;
    }

    private Expression sum() {
        Expression left = product();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            left = new Expression.Binary(tokens.next().text(), left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = postfix();
        while (tokens.peek().is("*") || tokens.peek().is("/") || tokens.peek().is("%")) {
            left = new Expression.Binary(tokens.next().text(), left, postfix());
        }
        return left;
    }

    private Expression postfix() {
        Expression term = term();
        while (true) {
            if (tokens.peek().kind() == Kind.FIELD) {
                term = new Expression.Field(term, tokens.next().text());
            } else if (tokens.peek().is(".") && tokens.peekSecond().isString()) {
                tokens.expect(".");
                term = new Expression.Field(term, tokens.next().text());
            } else if (tokens.peek().is("[")
                    || tokens.peek().is(".") && tokens.peekSecond().is("[")) {
                tokens.accept(".");
                term = brackets(term);
            } else if (!tokens.accept("?")) {
                return term;
            }
        }
    }

    private Expression brackets(Expression of) {
        tokens.expect("[");
        if (tokens.accept("]")) {
            return new Expression.Iteration(of);
        }
        Expression from = tokens.peek().is(":") ? null : pipe();
        if (tokens.accept(":")) {
            Expression to = tokens.peek().is("]") ? null : pipe();
            tokens.expect("]");
            return new Expression.Slice(of, from, to);
        }
        tokens.expect("]");
        return new Expression.Index(of, from);
    }

    private Expression term() {
        Token token = tokens.next();
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
        if (tokens.peek().isString()) {
            tokens.next();
        }
        return new Expression.Interpolated();
    }

    private Expression symbol(Token token) {
        switch (token.text()) {
            case ".":
                return tokens.peek().isString()
                        ? new Expression.Field(
                                new Expression.Identity(), tokens.next().text())
                        : new Expression.Identity();
            case "..":
                return new Expression.Opaque("..");
            case "-":
                postfix();
                return new Expression.Opaque("-");
            case "(":
                Expression inner = pipe();
                tokens.expect(")");
                return inner;
            case "[":
                Expression items = tokens.peek().is("]") ? null : pipe();
                tokens.expect("]");
                return new Expression.ArrayOf(items);
            case "{":
                return object();
            default:
                tokens.back();
                throw tokens.unexpected();
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
            tokens.expect("then");
            outcomes.add(pipe());
        } while (tokens.accept("elif"));
        Expression otherwise = tokens.accept("else") ? pipe() : new Expression.Identity();
        tokens.expect("end");
        return new Expression.Conditional(outcomes, otherwise);
    }

    private Expression attempt() {
        Expression body = postfix();
        return tokens.accept("catch") ? new Expression.Binary(",", body, postfix()) : body;
    }

    private Expression loop(String name) {
        postfix();
        tokens.expect("as");
        while (!tokens.peek().is("(") && tokens.peek().kind() != Kind.END) {
            tokens.next();
        }
        arguments();
        return new Expression.Opaque(name);
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        if (tokens.accept("(")) {
            do {
                arguments.add(pipe());
            } while (tokens.accept(";"));
            tokens.expect(")");
        }
        return arguments;
    }

    private Expression object() {
        List<Expression.Member> members = new ArrayList<>();
        while (!tokens.accept("}")) {
            members.add(member());
            if (!tokens.peek().is("}")) {
                tokens.expect(",");
            }
        }
        return new Expression.ObjectOf(members);
    }

    private Expression.Member member() {
        Token token = tokens.next();
        Expression key;
        Expression value;
        if (token.is("(")) {
            key = pipe();
            tokens.expect(")");
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
            tokens.back();
            throw tokens.unexpected();
        }
        if (value == null) {
            tokens.expect(":");
            return new Expression.Member(key, memberValue());
        }
        return new Expression.Member(key, tokens.accept(":") ? memberValue() : value);
    }

    private Expression memberValue() {
        Expression left = alternative();
        return tokens.accept("|") ? new Expression.Pipe(left, memberValue()) : left;
    }

    private static Expression constant(JsonNode value) {
        return new Expression.Constant(value);
    }
}
