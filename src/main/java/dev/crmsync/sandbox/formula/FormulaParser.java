package dev.crmsync.sandbox.formula;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads formulas by recursive descent. */
final class FormulaParser {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<number>\\d+(?:\\.\\d+)?)|(?<word>[A-Za-z$][A-Za-z0-9_.]*)"
                    + "|(?<symbol>&&|\\|\\||<>|!=|==|<=|>=|[<>=!(),]))");

    private static final String PERMISSION = "$Permission.";

    private final String formula;
    private final Set<String> customPermissions;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    FormulaParser(String formula, Set<String> customPermissions) {
        this.formula = formula;
        this.customPermissions = customPermissions;
        Matcher matcher = TOKEN.matcher(formula.strip());
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
            matcher.region(end, formula.strip().length());
        }
        if (end < formula.strip().length()) {
            throw refused("unexpected '" + formula.strip().charAt(end) + "'");
        }
    }

    Formula parse() {
        Formula whole = or();
        if (at < tokens.size()) {
            throw refused("unexpected '" + tokens.get(at) + "'");
        }
        return whole;
    }

    private Formula or() {
        Formula left = and();
        while (accept("||")) {
            Formula first = left;
            Formula second = and();
            left = record -> first.holds(record) || second.holds(record);
        }
        return left;
    }

    private Formula and() {
        Formula left = comparison();
        while (accept("&&")) {
            Formula first = left;
            Formula second = comparison();
            left = record -> first.holds(record) && second.holds(record);
        }
        return left;
    }

    private Formula comparison() {
        Formula left = unary();
        String operator = peek();
        if (!List.of("=", "==", "!=", "<>", "<", "<=", ">", ">=").contains(operator)) {
            return left;
        }
        at++;
        Formula right = unary();
        return record -> compare(operator, left.evaluate(record), right.evaluate(record));
    }

    private Formula unary() {
        if (accept("!")) {
            Formula inner = unary();
            return record -> !inner.holds(record);
        }
        if (accept("(")) {
            Formula inner = or();
            expect(")");
            return inner;
        }
        String token = peek();
        at++;
        if (token.startsWith("\"")) {
            String text = token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
            return record -> text;
        }
        if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
            BigDecimal number = new BigDecimal(token);
            return record -> number;
        }
        if (token.startsWith("$")) {
            return global(token);
        }
        if (token.isEmpty() || !Character.isLetter(token.charAt(0))) {
            throw refused(token.isEmpty() ? "unexpected end" : "unexpected '" + token + "'");
        }
        return accept("(") ? function(token) : word(token);
    }

    private Formula global(String token) {
        if (!token.startsWith(PERMISSION)) {
            throw refused("the sandbox does not know " + token);
        }
        String permission = token.substring(PERMISSION.length());
        if (!customPermissions.contains(permission)) {
            throw refused("there is no custom permission '" + permission + "'");
        }
        return record -> record.permitted(permission);
    }

    private static Formula word(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "TRUE" -> record -> true;
            case "FALSE" -> record -> false;
            case "NULL" -> record -> null;
            default -> record -> record.value(word);
        };
    }

    private Formula function(String name) {
        switch (name.toUpperCase(Locale.ROOT)) {
            case "PRIORVALUE": {
                String field = field();
                return record -> record.priorValue(field);
            }
            case "ISCHANGED": {
                String field = field();
                return record -> !record.isNew()
                        && Boolean.FALSE.equals(compare("=", record.value(field), record.priorValue(field)));
            }
            default:
                return function(name, arguments());
        }
    }

    private Formula function(String name, List<Formula> arguments) {
        switch (name.toUpperCase(Locale.ROOT)) {
            case "AND":
                return record -> arguments.stream().allMatch(argument -> argument.holds(record));
            case "OR":
                return record -> arguments.stream().anyMatch(argument -> argument.holds(record));
            case "NOT":
                one(name, arguments);
                return record -> !arguments.get(0).holds(record);
            case "ISBLANK", "ISNULL":
                one(name, arguments);
                return record -> arguments.get(0).evaluate(record) == null;
            case "ISNEW":
                return Formula.Record::isNew;
            default:
                throw refused("the sandbox does not know the function " + name);
        }
    }

    private List<Formula> arguments() {
        List<Formula> arguments = new ArrayList<>();
        if (accept(")")) {
            return arguments;
        }
        do {
            arguments.add(or());
        } while (accept(","));
        expect(")");
        return arguments;
    }

    private String field() {
        String field = peek();
        at++;
        expect(")");
        return field;
    }

    private void one(String name, List<Formula> arguments) {
        if (arguments.size() != 1) {
            throw refused(name + " takes one argument, not " + arguments.size());
        }
    }

    /** A comparison with nothing is unknown, except for equality. */
    @SuppressWarnings("unchecked")
    private static Object compare(String operator, Object left, Object right) {
        boolean equality = List.of("=", "==", "!=", "<>").contains(operator);
        if (left == null || right == null) {
            boolean wantsEqual = operator.startsWith("=");
            return equality ? (left == right) == wantsEqual : null;
        }
        int order = ((Comparable<Object>) left).compareTo(right);
        return switch (operator) {
            case "=", "==" -> order == 0;
            case "!=", "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private boolean accept(String token) {
        boolean found = peek().equals(token);
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw refused("expected '" + token + "'" + (peek().isEmpty() ? " at the end" : " before '" + peek() + "'"));
        }
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("Formula cannot be read, " + reason + ": " + formula);
    }
}
