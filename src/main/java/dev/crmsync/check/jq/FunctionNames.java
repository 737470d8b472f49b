package dev.crmsync.check.jq;

import dev.crmsync.check.jq.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which functions a jq text calls that it does not define itself. */
public final class FunctionNames {

    private static final Set<String> KEYWORDS = Set.of(
            "if", "then", "elif", "else", "end", "as", "def", "reduce", "foreach", "try", "catch", "label", "import",
            "include", "and", "or", "__loc__", "true", "false", "null");

    /** What one is inside of: a member's name is no call. */
    private enum Inside {
        MEMBER_NAME,
        MEMBER_VALUE,
        OTHER
    }

    private final Set<String> called = new TreeSet<>();
    private final Set<String> defined = new TreeSet<>();
    private final Deque<Inside> brackets = new ArrayDeque<>();

    private FunctionNames() {}

    /** @throws JqSyntaxException at a character that starts no word */
    public static Set<String> calledIn(String jq) {
        FunctionNames names = new FunctionNames();
        List<Token> tokens = Lexer.tokens(jq);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("def")) {
                names.definition(tokens, i + 1);
            }
            names.read(tokens.get(i));
        }
        names.called.removeAll(names.defined);
        return names.called;
    }

    /** The name and the parameters, which can be called like functions. */
    private void definition(List<Token> tokens, int from) {
        for (int i = from; i < tokens.size() && !tokens.get(i).is(":"); i++) {
            if (tokens.get(i).kind() == Kind.NAME) {
                defined.add(tokens.get(i).text());
            }
        }
    }

    private void read(Token token) {
        if (token.kind() == Kind.NAME) {
            if (brackets.peek() != Inside.MEMBER_NAME && !KEYWORDS.contains(token.text())) {
                called.add(token.text());
            }
        } else if (token.kind() == Kind.SYMBOL) {
            switch (token.text()) {
                case "{" -> brackets.push(Inside.MEMBER_NAME);
                case "(", "[" -> brackets.push(Inside.OTHER);
                case ")", "]", "}" -> brackets.poll();
                case ":" -> follow(Inside.MEMBER_NAME, Inside.MEMBER_VALUE);
                case "," -> follow(Inside.MEMBER_VALUE, Inside.MEMBER_NAME);
                default -> {
                    // changes nothing
                }
            }
        }
    }

    private void follow(Inside before, Inside after) {
        if (brackets.peek() == before) {
            brackets.pop();
            brackets.push(after);
        }
    }
}
