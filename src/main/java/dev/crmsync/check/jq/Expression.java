package dev.crmsync.check.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A jq expression as a tree. Conditions, loops and the like are kept as far as they say what can come out. */
public sealed interface Expression {

    /**
     * Reads jq.
     *
     * @throws JqSyntaxException when it is no jq
     */
    static Expression parse(String jq) {
        return new Parser(Lexer.tokens(jq)).whole();
    }

    /** {@code .} */
    record Identity() implements Expression {}

    /** A string, number, true, false or null. */
    record Constant(JsonNode value) implements Expression {}

    /** A string put together from others. */
    record Interpolated() implements Expression {}

    /** {@code of.name} */
    record Field(Expression of, String name) implements Expression {}

    /** {@code of[key]} */
    record Index(Expression of, Expression key) implements Expression {}

    /** {@code of[from:to]}; either end may be null. */
    record Slice(Expression of, Expression from, Expression to) implements Expression {}

    /** {@code of[]} */
    record Iteration(Expression of) implements Expression {}

    /** {@code $name} */
    record Variable(String name) implements Expression {}

    /** {@code [items]}; {@code items} is null for an empty array. */
    record ArrayOf(Expression items) implements Expression {}

    /** <code>{key: value, …}</code> */
    record ObjectOf(List<Member> members) implements Expression {}

    /** One {@code key: value} of an object. */
    record Member(Expression key, Expression value) {}

    /** {@code if … then … elif … else … end}; {@code otherwise} is the identity when it is not written. */
    record Conditional(List<Expression> outcomes, Expression otherwise) implements Expression {}

    /** {@code left | right} */
    record Pipe(Expression left, Expression right) implements Expression {}

    /** {@code source as $name | body}; a destructuring pattern has several names. */
    record Binding(Expression source, List<String> names, boolean whole, Expression body) implements Expression {}

    /** {@code left operator right}, the comma included. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code name(argument; …)} */
    record Call(String name, List<Expression> arguments) implements Expression {}

    /** {@code def name(parameter; …): body; rest} */
    record Definition(String name, List<String> parameters, Expression body, Expression rest) implements Expression {}

    /** What the tree does not tell apart, such as {@code reduce}. */
    record Opaque(String what) implements Expression {}
}
