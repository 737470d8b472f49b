package dev.crmsync.sandbox.soql;

import dev.crmsync.sandbox.org.ApiException;
import dev.crmsync.sandbox.org.ErrorCode;
import dev.crmsync.sandbox.soql.Condition.And;
import dev.crmsync.sandbox.soql.Condition.Comparison;
import dev.crmsync.sandbox.soql.Condition.Not;
import dev.crmsync.sandbox.soql.Condition.Operator;
import dev.crmsync.sandbox.soql.Condition.Or;
import dev.crmsync.sandbox.soql.Query.Order;
import dev.crmsync.sandbox.soql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a query; what it does not understand is {@code MALFORMED_QUERY}. */
final class Parser {
    private final List<Token> tokens;
    private int at;

    private Parser(String query) {
        tokens = new Lexer(query).tokens();
    }

    static Query parse(String query) {
        return new Parser(query).query();
    }

    private Query query() {
        expect("SELECT");
        List<String> columns = new ArrayList<>();
        Optional<String> countAlias = Optional.empty();
        boolean count = false;
        if (peek().is("COUNT")) {
            take();
            expect("(");
            count = peek().is(")");
            if (!count) {
                word();
            }
            expect(")");
            if (!count) {
                countAlias = Optional.of(peek().kind() == Kind.WORD && !peek().is("FROM") ? word() : "expr0");
            }
        } else {
            do {
                columns.add(column());
            } while (accept(","));
        }
        expect("FROM");
        String from = word();
        Optional<Condition> where = accept("WHERE") ? Optional.of(condition()) : Optional.empty();
        List<Order> order = order();
        Optional<Integer> limit = accept("LIMIT") ? Optional.of(number()) : Optional.empty();
        int offset = accept("OFFSET") ? number() : 0;
        boolean allRows = accept("ALL");
        if (allRows) {
            expect("ROWS");
        }
        if (peek().kind() != Kind.END) {
            throw unexpected(peek());
        }
        return new Query(columns, countAlias, from, where, order, limit, offset, allRows);
    }

    private String column() {
        String name = word();
        if (name.equalsIgnoreCase("FIELDS")) {
            expect("(");
            name = "FIELDS(" + word().toUpperCase(java.util.Locale.ROOT) + ")";
            expect(")");
        }
        return name;
    }

    private List<Order> order() {
        List<Order> order = new ArrayList<>();
        if (accept("ORDER")) {
            expect("BY");
            do {
                String path = word();
                boolean descending = accept("DESC");
                if (!descending) {
                    accept("ASC");
                }
                boolean nullsLast = false;
                if (accept("NULLS")) {
                    nullsLast = accept("LAST");
                    if (!nullsLast) {
                        expect("FIRST");
                    }
                }
                order.add(new Order(path, descending, nullsLast));
            } while (accept(","));
        }
        return order;
    }

    /** AND and OR do not mix without parentheses, as in Salesforce. */
    private Condition condition() {
        Condition first = term();
        if (!peek().is("AND") && !peek().is("OR")) {
            return first;
        }
        String operator = peek().text();
        List<Condition> parts = new ArrayList<>(List.of(first));
        while (accept(operator)) {
            parts.add(term());
        }
        if (peek().is("AND") || peek().is("OR")) {
            throw unexpected(peek());
        }
        return operator.equalsIgnoreCase("AND") ? new And(parts) : new Or(parts);
    }

    private Condition term() {
        if (accept("NOT")) {
            return new Not(term());
        }
        if (accept("(")) {
            Condition inner = condition();
            expect(")");
            return inner;
        }
        String path = word();
        Operator operator = operator();
        if (operator == Operator.IN || operator == Operator.NOT_IN) {
            expect("(");
            List<Literal> values = new ArrayList<>();
            do {
                values.add(literal());
            } while (accept(","));
            expect(")");
            return new Comparison(path, operator, values);
        }
        return new Comparison(path, operator, List.of(literal()));
    }

    private Operator operator() {
        Token token = take();
        return switch (token.text().toUpperCase(java.util.Locale.ROOT)) {
            case "=" -> Operator.EQUAL;
            case "!=", "<>" -> Operator.NOT_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            case "LIKE" -> Operator.LIKE;
            case "IN" -> Operator.IN;
            case "NOT" -> {
                expect("IN");
                yield Operator.NOT_IN;
            }
            default -> throw unexpected(token);
        };
    }

    private Literal literal() {
        Token token = take();
        return switch (token.kind()) {
            case QUOTED -> new Literal(true, token.text());
            case WORD, LITERAL -> new Literal(false, token.text());
            default -> throw unexpected(token);
        };
    }

    private int number() {
        Token token = take();
        try {
            return Integer.parseInt(token.text());
        } catch (NumberFormatException e) {
            throw unexpected(token);
        }
    }

    private String word() {
        Token token = take();
        if (token.kind() != Kind.WORD) {
            throw unexpected(token);
        }
        return token.text();
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(peek().kind() == Kind.END ? at : at++);
    }

    private boolean accept(String word) {
        boolean found = peek().is(word);
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(String word) {
        if (!accept(word)) {
            throw unexpected(peek());
        }
    }

    private static ApiException unexpected(Token token) {
        return ApiException.of(
                ErrorCode.MALFORMED_QUERY,
                token.kind() == Kind.END
                        ? "unexpected end of query"
                        : "unexpected token: '" + token.text() + "' at position " + token.position());
    }
}
