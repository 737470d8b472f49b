package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import dev.crmsync.check.Names;
import dev.crmsync.check.structure.Declarations.Bean;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds sources whose webhooks a route accepts while none delivers them. */
final class Undelivered {

    private final Surroundings surroundings;
    private final Consumer<Finding> findings;

    Undelivered(Surroundings surroundings, Consumer<Finding> findings) {
        this.surroundings = surroundings;
        this.findings = findings;
    }

    void check(Declarations declared) {
        Set<String> receiving = new HashSet<>();
        Set<String> delivered = new TreeSet<>();
        for (Declarations.Route route : declared.routes()) {
            String scheme = route.from() == null ? "" : route.from().scheme();
            if (scheme.equals("platform-http")) {
                receiving.add(route.at().route());
            } else if (scheme.equals("inbox")) {
                delivered.add(route.from().name());
            }
        }
        Set<String> read = new HashSet<>();
        declared.references().stream()
                .filter(reference -> receiving.contains(reference.at().route()))
                .forEach(reference -> read.add(reference.name()));
        for (Bean bean : declared.beans()) {
            String source = bean.properties().get("source").text("");
            if (bean.type().equals(surroundings.readerType())
                    && read.contains(bean.name())
                    && !delivered.contains(source)) {
                findings.accept(bean.at()
                        .error("webhooks of " + source + " are accepted, but no route from inbox:" + source
                                + " delivers them" + suggestion(source, delivered, declared)));
            }
        }
    }

    /** A source that is delivered, but never received, is likely misspelt. */
    private static String suggestion(String source, Set<String> delivered, Declarations declared) {
        Set<String> received = new HashSet<>();
        declared.beans().forEach(bean -> bean.properties().get("source").text().ifPresent(received::add));
        Stream<String> orphans = delivered.stream().filter(name -> !received.contains(name));
        return Names.didYouMean(source, orphans.toList(), "add one, or load the file that it is in")
                .replaceFirst(": did you mean (.*)\\?", ": there is one from inbox:$1");
    }
}
