package dev.crmsync.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Walks the steps of one route in order, and notes its upserts with what feeds them. */
final class RouteWalk {

    private static final String SCHEME = "upsert:";

    private final String file;
    private final String route;
    private final List<Upserting> found;

    RouteWalk(String file, String route, List<Upserting> found) {
        this.file = file;
        this.route = route;
        this.found = found;
    }

    void steps(Object steps, MessageState state) {
        for (Object step : Yaml.list(steps)) {
            Yaml.map(step).forEach((name, content) -> step(String.valueOf(name), content, state));
        }
    }

    private void step(String name, Object content, MessageState state) {
        switch (name) {
            case "setBody", "transform" -> state.set(MessageState.BODY, origin(content));
            case "setVariable" -> state.set(variable(Yaml.text(Yaml.map(content).get("name"), "")), origin(content));
            case "to", "toD" -> send(content, state);
            case "choice" -> choice(Yaml.map(content), state);
            default -> nested(Yaml.map(content), state);
        }
    }

    private void choice(Map<?, ?> choice, MessageState state) {
        List<MessageState> branches = new ArrayList<>();
        for (Object when : Yaml.list(choice.get("when"))) {
            branches.add(branch(when, state));
        }
        MessageState otherwise =
                choice.containsKey("otherwise") ? branch(choice.get("otherwise"), state) : state.copy();
        branches.add(otherwise);
        branches.forEach(state::join);
    }

    private MessageState branch(Object content, MessageState state) {
        MessageState branch = state.copy();
        steps(Yaml.map(content).get("steps"), branch);
        return branch;
    }

    /** A step with steps of its own, such as a filter, a split or a doTry with its doCatch. */
    private void nested(Map<?, ?> content, MessageState state) {
        List<MessageState> branches = new ArrayList<>();
        if (content.containsKey("steps")) {
            branches.add(branch(content, state));
        }
        for (String part : List.of("doCatch", "doFinally", "onFallback")) {
            Yaml.list(content.get(part)).forEach(each -> branches.add(branch(each, state)));
        }
        branches.forEach(state::join);
    }

    private void send(Object content, MessageState state) {
        Map<?, ?> to = Yaml.map(content);
        String uri = to.isEmpty() ? Yaml.text(content, "") : Yaml.text(to.get("uri"), "");
        if (!uri.startsWith(SCHEME)) {
            return;
        }
        Map<?, ?> parameters = Yaml.map(to.get("parameters"));
        String object = uri.substring(SCHEME.length()).replaceFirst("\\?.*", "").replaceFirst("^//", "");
        String variable = Yaml.text(to.get("variableSend"), null);
        List<String> mappings = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (MessageState.Origin origin : state.of(variable == null ? MessageState.BODY : variable(variable))) {
            if (origin.language().equals("jq")) {
                mappings.add(origin.text());
            } else {
                unread.add(origin.language());
            }
        }
        found.add(new Upserting(
                file,
                route,
                object,
                parameter(uri, parameters, "key"),
                "true".equals(parameter(uri, parameters, "onlyExisting")),
                mappings,
                unread));
    }

    private static String parameter(String uri, Map<?, ?> parameters, String name) {
        if (parameters.containsKey(name)) {
            return Yaml.text(parameters.get(name), null);
        }
        int query = uri.indexOf('?');
        for (String pair : query < 0 ? new String[0] : uri.substring(query + 1).split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    /** An expression in the canonical form, or in one of the shorter ones. */
    private static MessageState.Origin origin(Object content) {
        Map<?, ?> step = Yaml.map(content);
        Map<?, ?> holder = step.get("expression") instanceof Map<?, ?> inner ? inner : step;
        for (String language : List.of("jq", "simple", "constant", "language", "groovy", "jsonpath", "method", "ref")) {
            if (holder.containsKey(language)) {
                Object expression = holder.get(language);
                Map<?, ?> detailed = Yaml.map(expression);
                return new MessageState.Origin(
                        detailed.containsKey("language") ? Yaml.text(detailed.get("language"), language) : language,
                        Yaml.text(detailed.isEmpty() ? expression : detailed.get("expression"), ""));
            }
        }
        return new MessageState.Origin("another language", "");
    }

    private static String variable(String name) {
        return "variable " + name;
    }
}
