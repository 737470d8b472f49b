package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import dev.crmsync.check.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializerSupport;
import org.apache.camel.dsl.yaml.deserializers.BeansDeserializer;
import org.apache.camel.dsl.yaml.deserializers.CustomResolver;
import org.apache.camel.dsl.yaml.deserializers.ModelDeserializersResolver;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Has Camel itself read each item of a file, and says where it stops. */
final class CamelSyntax {

    private static final Pattern COMPLAINT = Pattern.compile("(Unknown node id|Unsupported field): ([^\\s(]+).*");
    private static final Set<String> STEPS = Set.of(
            "aggregate",
            "bean",
            "choice",
            "circuitBreaker",
            "convertBodyTo",
            "delay",
            "description",
            "doCatch",
            "doFinally",
            "doTry",
            "enrich",
            "errorHandler",
            "expression",
            "filter",
            "from",
            "id",
            "idempotentConsumer",
            "log",
            "loop",
            "marshal",
            "multicast",
            "onException",
            "otherwise",
            "parameters",
            "pipeline",
            "pollEnrich",
            "process",
            "recipientList",
            "removeHeader",
            "removeHeaders",
            "removeProperty",
            "removeVariable",
            "route",
            "routeConfiguration",
            "routeConfigurationId",
            "routeTemplate",
            "script",
            "setBody",
            "setHeader",
            "setHeaders",
            "setProperty",
            "setVariable",
            "setVariables",
            "split",
            "steps",
            "step",
            "stop",
            "threads",
            "throttle",
            "throwException",
            "to",
            "toD",
            "transform",
            "unmarshal",
            "uri",
            "validate",
            "when",
            "wireTap",
            "beans",
            "jq",
            "simple",
            "constant");

    private final CamelContext context;

    CamelSyntax(CamelContext context) {
        this.context = context;
    }

    void check(RouteFile file, Consumer<Finding> findings) {
        YamlDeserializationContext reading = new YamlDeserializationContext(
                LoadSettings.builder().setLabel(file.name()).build());
        reading.setCamelContext(context);
        reading.setResource(ResourceHelper.fromString(file.name(), ""));
        reading.addResolvers(new CustomResolver(new BeansDeserializer()), new ModelDeserializersResolver());
        for (YamlNode item : file.items()) {
            try {
                YamlDeserializerSupport.setDeserializationContext(item.node(), reading);
                reading.mandatoryResolve(item.node()).construct(item.node());
            } catch (MarkedYamlEngineException e) {
                int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(item.line());
                findings.accept(finding(file, item, line, String.valueOf(e.getProblem())));
            } catch (RuntimeException e) {
                findings.accept(
                        new Place(file.name(), item.line(), id(item)).error("Camel cannot read it: " + e.getMessage()));
            }
        }
    }

    private static Finding finding(RouteFile file, YamlNode item, int line, String problem) {
        Matcher complaint = COMPLAINT.matcher(problem);
        if (!complaint.matches()) {
            return new Place(file.name(), line, id(item)).error("Camel cannot read it: " + problem);
        }
        String name = complaint.group(2);
        // the mark of a member that does not belong there is that of the object around it
        int at = lineOf(item, name, line).orElse(line);
        return new Place(file.name(), at, id(item))
                .error("Camel has no '" + name + "' here"
                        + Names.didYouMean(name, STEPS, "see under what it stands, and how far it is indented"));
    }

    private static String id(YamlNode item) {
        return item.members().stream()
                .map(member -> member.value().get("id").text(""))
                .findFirst()
                .orElse("");
    }

    private static Optional<Integer> lineOf(YamlNode node, String name, int from) {
        return members(node)
                .filter(member -> member.name().equals(name) && member.line() >= from)
                .map(YamlNode.Member::line)
                .findFirst();
    }

    private static Stream<YamlNode.Member> members(YamlNode node) {
        List<YamlNode.Member> here = node.members();
        return Stream.concat(
                here.stream().flatMap(member -> Stream.concat(Stream.of(member), members(member.value()))),
                node.items().stream().flatMap(CamelSyntax::members));
    }
}
