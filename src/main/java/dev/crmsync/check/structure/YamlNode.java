package dev.crmsync.check.structure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Something in a YAML file, with its line. Names of members are read as Camel reads them: {@code set-body} is
 * {@code setBody}.
 *
 * @param node null for what is not there
 */
record YamlNode(Node node) {

    private static final Pattern HYPHEN = Pattern.compile("-([a-z])");
    private static final YamlNode NOTHING = new YamlNode(null);

    /** A member of an object, with the line of its name. */
    record Member(String name, int line, YamlNode value) {}

    /** Counted from 1; 0 for what is not there. */
    int line() {
        return node == null ? 0 : lineOf(node);
    }

    /** A scalar's text; empty for anything else. */
    Optional<String> text() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    String text(String otherwise) {
        return text().orElse(otherwise);
    }

    boolean isObject() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The items of a list; none for anything else. */
    List<YamlNode> items() {
        return node instanceof SequenceNode list
                ? list.getValue().stream().map(YamlNode::new).toList()
                : List.of();
    }

    /** The members of an object in their order; none for anything else. */
    List<Member> members() {
        return node instanceof MappingNode object
                ? object.getValue().stream().map(YamlNode::member).toList()
                : List.of();
    }

    /** The member of that name; without members and text when there is none. */
    YamlNode get(String name) {
        return members().stream()
                .filter(member -> member.name().equals(name))
                .map(Member::value)
                .findFirst()
                .orElse(NOTHING);
    }

    /** The members that are scalars, as texts. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        members().forEach(member -> member.value().text().ifPresent(text -> texts.put(member.name(), text)));
        return texts;
    }

    private static Member member(NodeTuple tuple) {
        String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        return new Member(
                HYPHEN.matcher(name).replaceAll(hyphen -> hyphen.group(1).toUpperCase(java.util.Locale.ROOT)),
                lineOf(tuple.getKeyNode()),
                new YamlNode(tuple.getValueNode()));
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
