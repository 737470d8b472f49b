package dev.crmsync.check;

import java.util.List;
import java.util.Map;

/** Looks into what was read from YAML without knowing its shape. */
final class Yaml {

    private Yaml() {}

    static Map<?, ?> map(Object node) {
        return node instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(Object node) {
        return node instanceof List<?> list ? list : node == null ? List.of() : List.of(node);
    }

    static String text(Object node, String otherwise) {
        return node == null ? otherwise : node.toString();
    }
}
