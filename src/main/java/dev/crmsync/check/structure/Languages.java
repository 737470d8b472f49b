package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import dev.crmsync.check.Names;
import dev.crmsync.check.jq.FunctionNames;
import dev.crmsync.check.jq.JqSyntaxException;
import dev.crmsync.check.structure.Declarations.Text;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.CamelContext;
import org.apache.camel.language.jq.JqLanguage;
import org.apache.camel.spi.Language;

/** Has the languages themselves read what is written in them. */
final class Languages {

    /** More than any function of jq has. */
    private static final int MOST_ARGUMENTS = 6;

    private final Language simple;
    private final Scope functions;
    private final Consumer<Finding> findings;

    Languages(CamelContext context, Consumer<Finding> findings) {
        simple = context.resolveLanguage("simple");
        functions = ((JqLanguage) context.resolveLanguage("jq")).getRootScope();
        this.findings = findings;
    }

    void check(Declarations declared) {
        for (Text text : declared.texts()) {
            if (text.text().contains("{{")) {
                continue;
            }
            if (text.language().equals("jq")) {
                jq(text);
            } else {
                simple(text);
            }
        }
    }

    private void simple(Text text) {
        try {
            if (text.predicate()) {
                simple.createPredicate(text.text());
            } else {
                simple.createExpression(text.text());
            }
        } catch (RuntimeException e) {
            findings.accept(text.at().error("'" + text.text() + "' is no simple: " + firstLine(e)));
        }
    }

    private void jq(Text text) {
        try {
            JsonQuery.compile(text.text(), Versions.JQ_1_7);
        } catch (JsonQueryException e) {
            findings.accept(text.at().error("the mapping is no jq: " + firstLine(e)));
            return;
        }
        try {
            FunctionNames.calledIn(text.text()).stream()
                    .filter(name -> !isFunction(name))
                    .forEach(name -> findings.accept(text.at()
                            .error("jq has no function '" + name + "'"
                                    + Names.didYouMean(name, names(), "define it, or correct its name"))));
        } catch (JqSyntaxException e) {
            // jq itself has read it
        }
    }

    private boolean isFunction(String name) {
        return name.contains("::")
                || IntStream.rangeClosed(0, MOST_ARGUMENTS)
                        .anyMatch(count -> functions.getFunction(name, count) != null);
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        functions.getLocalFunctions().keySet().forEach(name -> names.add(name.replaceFirst("/\\d+$", "")));
        return names;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
