package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import dev.crmsync.check.structure.YamlNode.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Finds what Camel reads without a word, but not as it was meant. */
final class Shapes {

    private static final Set<String> WITH_EXPRESSION = Set.of(
            "setBody",
            "setHeader",
            "setProperty",
            "setVariable",
            "transform",
            "filter",
            "when",
            "validate",
            "split",
            "idempotentConsumer",
            "script");
    private static final Set<String> WITH_NAME = Set.of("setHeader", "setProperty", "setVariable");
    private static final Set<String> WITH_URI = Set.of("from", "to", "toD", "wireTap", "poll");
    private static final Set<String> EXPRESSIONS = Set.of(
            "expression",
            "constant",
            "csimple",
            "datasonnet",
            "exchangeProperty",
            "groovy",
            "header",
            "hl7terser",
            "java",
            "joor",
            "jq",
            "js",
            "jsonpath",
            "language",
            "method",
            "mvel",
            "ognl",
            "python",
            "ref",
            "simple",
            "spel",
            "tokenize",
            "variable",
            "wasm",
            "xpath",
            "xquery",
            "xtokenize");

    private final String file;
    private final Consumer<Finding> findings;
    private String route = "";

    Shapes(String file, Consumer<Finding> findings) {
        this.file = file;
        this.findings = findings;
    }

    /** @param item a whole one of a file, such as a route */
    void check(YamlNode item) {
        item.members().forEach(member -> {
            route = member.value().get("id").text("");
            if (!member.name().equals("beans")) {
                visit(member);
            }
        });
        once(item);
    }

    private void visit(Member member) {
        YamlNode value = member.value();
        once(value);
        if (member.name().equals("steps")) {
            steps(member);
        }
        if (WITH_URI.contains(member.name())
                && value.text().or(() -> value.get("uri").text()).orElse("").isBlank()) {
            report(member.line(), "'" + member.name() + "' names no endpoint: give it a uri, or take it out");
        }
        if (member.name().equals("when") && value.isList()) {
            value.items().forEach(when -> expression("when", when.line(), when));
        } else if (WITH_EXPRESSION.contains(member.name())) {
            expression(member.name(), member.line(), value);
        }
        value.members().forEach(this::visit);
        value.items().forEach(each -> {
            once(each);
            each.members().forEach(this::visit);
        });
    }

    private void steps(Member steps) {
        if (!steps.value().isList()) {
            report(steps.line(), "steps is no list: put a hyphen before each step");
        }
        for (YamlNode step : steps.value().items()) {
            if (step.isObject() && step.members().size() > 1) {
                Member second = step.members().get(1);
                report(
                        second.line(),
                        "'" + second.name() + "' stands in the step '"
                                + step.members().get(0).name()
                                + "', beside its name: put a hyphen before it, or indent it further");
            }
        }
    }

    private void expression(String step, int line, YamlNode value) {
        if (!value.isObject()) {
            return;
        }
        if (value.members().stream().noneMatch(member -> EXPRESSIONS.contains(member.name()))) {
            report(line, "'" + step + "' has no expression: give it one, such as simple or jq");
        }
        if (WITH_NAME.contains(step) && value.get("name").text("").isBlank()) {
            report(line, "'" + step + "' does not say which one it sets: give it a name");
        }
    }

    private void once(YamlNode object) {
        Map<String, Integer> lines = new HashMap<>();
        for (Member member : object.members()) {
            Integer first = lines.putIfAbsent(member.name(), member.line());
            if (first != null) {
                report(
                        member.line(),
                        "'" + member.name() + "' is there twice, also in line " + first
                                + ": only one of them would count");
            }
        }
    }

    private void report(int line, String message) {
        findings.accept(new Place(file, line, route).error(message));
    }
}
