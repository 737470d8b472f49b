package dev.crmsync.check.structure;

import dev.crmsync.check.structure.YamlNode.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the files of routes declare, and what they name. */
final class Declarations {

    private static final Set<String> ENDPOINTS =
            Set.of("from", "to", "toD", "wireTap", "poll", "deadLetterUri", "interceptFrom", "interceptSendToEndpoint");
    private static final Set<String> LANGUAGES = Set.of("simple", "jq");
    private static final Set<String> WITH_PREDICATE = Set.of("when", "filter", "validate", "onWhen", "retryWhile");
    private static final Set<String> BEANS_BY_REF = Set.of("process", "bean");

    private final List<Route> routes = new ArrayList<>();
    private final List<Named> configurations = new ArrayList<>();
    private final List<Bean> beans = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Endpoint> errorTargets = new ArrayList<>();
    private final List<Text> texts = new ArrayList<>();
    private final List<Named> references = new ArrayList<>();

    /**
     * A route.
     *
     * @param from null when it has none
     * @param configuration the value of {@code routeConfigurationId}, where it has one
     * @param to the endpoints it sends to
     */
    record Route(Place at, Endpoint from, Optional<Named> configuration, List<Endpoint> to) {}

    /** A name, declared or referred to. */
    record Named(Place at, String name) {}

    /**
     * A bean.
     *
     * @param type the name of its class, or an empty text
     * @param plain whether Camel makes it of the class and the properties alone
     */
    record Bean(Place at, String name, String type, YamlNode properties, boolean plain) {}

    /** A text in a language. */
    record Text(Place at, String language, String text, boolean predicate) {}

    static Declarations in(List<RouteFile> files) {
        Declarations all = new Declarations();
        for (RouteFile file : files) {
            file.items().forEach(item -> item.members().forEach(member -> all.item(file.name(), member)));
        }
        return all;
    }

    List<Route> routes() {
        return routes;
    }

    /** Those with an id. */
    List<Named> configurations() {
        return configurations;
    }

    List<Bean> beans() {
        return beans;
    }

    /** All that routes, configurations and templates name. */
    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Where the error handling of configurations sends to. */
    List<Endpoint> errorTargets() {
        return errorTargets;
    }

    List<Text> texts() {
        return texts;
    }

    /** Beans that something names. */
    List<Named> references() {
        return references;
    }

    private void item(String file, Member item) {
        YamlNode content = item.value();
        Place at = new Place(file, item.line(), content.get("id").text(""));
        switch (item.name()) {
            case "beans" -> content.items().forEach(bean -> bean(file, bean));
            case "route" -> route(at, content);
            case "from" -> route(at, new YamlNode(null), content, item);
            case "routeTemplate" -> visit(at, "", content, endpoints);
            default -> {
                if (item.name().equals("routeConfiguration") && !at.route().isEmpty()) {
                    configurations.add(new Named(at, at.route()));
                }
                visit(at, item.name(), content, errorTargets);
            }
        }
    }

    private void bean(String file, YamlNode bean) {
        String name = bean.get("name").text("");
        Place at = new Place(file, bean.line(), name);
        boolean plain = bean.members().stream()
                .allMatch(member -> Set.of("name", "type", "properties", "initMethod", "destroyMethod")
                        .contains(member.name()));
        beans.add(new Bean(
                at, name, bean.get("type").text("").replaceFirst("^#class:", ""), bean.get("properties"), plain));
        visit(at, "", bean.get("properties"), endpoints);
    }

    private void route(Place at, YamlNode route) {
        route.members().stream()
                .filter(member -> member.name().equals("from"))
                .findFirst()
                .ifPresentOrElse(
                        from -> route(at, route, from.value(), from),
                        () -> routes.add(new Route(at, null, Optional.empty(), List.of())));
    }

    private void route(Place at, YamlNode route, YamlNode input, Member from) {
        Place fromAt = new Place(at.file(), from.line(), at.route());
        List<Endpoint> to = new ArrayList<>();
        visit(at, "", input.get("steps"), to);
        for (Member other : route.members()) {
            if (!other.name().equals("from")) {
                member(at, "", other, to);
            }
        }
        Endpoint consumed = input.isObject()
                ? Endpoint.of(
                        fromAt,
                        input.get("uri").text(""),
                        input.get("parameters").texts())
                : Endpoint.of(fromAt, input.text(""), Map.of());
        endpoints.add(consumed);
        Optional<Named> configuration = route.members().stream()
                .filter(member -> member.name().equals("routeConfigurationId"))
                .findFirst()
                .map(member -> new Named(
                        new Place(at.file(), member.line(), at.route()),
                        member.value().text("")));
        routes.add(new Route(at, consumed, configuration, List.copyOf(to)));
    }

    /** @param owner the step that the node is part of */
    private void visit(Place at, String owner, YamlNode node, List<Endpoint> targets) {
        node.items().forEach(item -> visit(at, owner, item, targets));
        node.members().forEach(member -> member(at, owner, member, targets));
    }

    private void member(Place route, String owner, Member member, List<Endpoint> targets) {
        String name = member.name();
        YamlNode value = member.value();
        Place at = new Place(route.file(), member.line(), route.route());
        if (ENDPOINTS.contains(name) && !owner.equals("parameters")) {
            String uri = value.isObject() ? value.get("uri").text("") : value.text("");
            if (!uri.isEmpty()) {
                Endpoint target = Endpoint.of(at, uri, value.get("parameters").texts());
                endpoints.add(target);
                targets.add(target);
            }
        }
        if (LANGUAGES.contains(name)) {
            value.text()
                    .or(() -> value.get("expression").text())
                    .ifPresent(text -> texts.add(new Text(at, name, text, WITH_PREDICATE.contains(owner))));
        } else if (name.equals("log") || name.equals("message") && owner.equals("log")) {
            value.text().ifPresent(text -> texts.add(new Text(at, "simple", text, false)));
        } else if (name.equals("ref") && BEANS_BY_REF.contains(owner) || name.equals("idempotentRepository")) {
            value.text().ifPresent(bean -> references.add(new Named(at, bean.replaceFirst("^#(bean:)?", ""))));
        }
        value.text()
                .filter(text -> text.startsWith("#bean:"))
                .ifPresent(text -> references.add(new Named(at, text.substring("#bean:".length()))));
        visit(route, name.equals("expression") ? owner : name, value, targets);
    }
}
