package dev.crmsync.check.structure;

import dev.crmsync.check.Finding;
import dev.crmsync.check.Names;
import dev.crmsync.check.structure.Declarations.Bean;
import dev.crmsync.check.structure.Declarations.Named;
import dev.crmsync.check.structure.YamlNode.Member;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceHelper;

/** Holds the beans that routes declare against their classes, and those that they name against what is declared. */
final class Beans {

    private final CamelContext context;
    private final Surroundings surroundings;
    private final Setters setters;
    private final Consumer<Finding> findings;

    Beans(CamelContext context, Surroundings surroundings, Setters setters, Consumer<Finding> findings) {
        this.context = context;
        this.surroundings = surroundings;
        this.setters = setters;
        this.findings = findings;
    }

    void check(Declarations declared) {
        declared.beans().forEach(this::declaration);
        Set<String> known = new TreeSet<>(surroundings.beans());
        declared.beans().forEach(bean -> known.add(bean.name()));
        for (Named reference : new LinkedHashSet<>(declared.references())) {
            if (!reference.name().contains("{{")
                    && !known.contains(reference.name())
                    && context.getRegistry().lookupByName(reference.name()) == null) {
                findings.accept(reference
                        .at()
                        .error("there is no bean '" + reference.name() + "'"
                                + Names.didYouMean(reference.name(), known, "declare it under beans")));
            }
        }
        Set<String> configurations = new TreeSet<>(Set.of("none"));
        declared.configurations().forEach(each -> configurations.add(each.name()));
        declared.routes().stream()
                .flatMap(route -> route.configuration().stream())
                .forEach(named -> configuration(named, configurations));
    }

    private void declaration(Bean bean) {
        if (bean.name().isEmpty() || bean.type().isEmpty()) {
            findings.accept(bean.at().error("a bean needs a name and a type"));
            return;
        }
        if (!bean.plain() || bean.type().startsWith("#")) {
            return;
        }
        Class<?> type = context.getClassResolver().resolveClass(bean.type());
        if (type == null) {
            findings.accept(bean.at()
                    .error("there is no class " + bean.type()
                            + Names.didYouMean(bean.type(), surroundings.beanTypes(), "correct its name")));
            return;
        }
        Set<String> properties = setters.of(type);
        boolean known = true;
        for (Member property : bean.properties().members()) {
            String name = property.name().replaceFirst("[.\\[].*", "");
            if (!properties.contains(name)) {
                known = false;
                findings.accept(new Place(bean.at().file(), property.line(), bean.name())
                        .error(type.getSimpleName() + " has no property '" + name + "'"
                                + Names.didYouMean(name, properties, "it has " + new TreeSet<>(properties))));
            }
        }
        if (known && type.getName().equals(surroundings.readerType())) {
            startReader(bean, type);
        }
    }

    /** Its properties hold expressions, which it reads when it starts. */
    private void startReader(Bean bean, Class<?> type) {
        Object reader = context.getInjector().newInstance(type, false);
        try {
            PropertyBindingSupport.bindProperties(
                    context, reader, new HashMap<>(bean.properties().texts()));
            CamelContextAware.trySetCamelContext(reader, context);
            ServiceHelper.startService(reader);
        } catch (RuntimeException e) {
            Throwable said = e instanceof RuntimeCamelException && e.getCause() != null ? e.getCause() : e;
            findings.accept(bean.at()
                    .error(String.valueOf(said.getMessage()).lines().findFirst().orElse("")));
        } finally {
            ServiceHelper.stopService(reader);
        }
    }

    private void configuration(Named named, Set<String> known) {
        for (String id : named.name().split("\\s*,\\s*")) {
            if (!id.contains("*") && !id.contains("{{") && !known.contains(id)) {
                findings.accept(named.at()
                        .error("there is no routeConfiguration '" + id + "'"
                                + Names.didYouMean(id, known, "declare it, or name none")));
            }
        }
    }
}
