package dev.crmsync.check.structure;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.BeanIntrospection;
import org.apache.camel.support.PluginHelper;

/** The properties that can be set on objects of a class. */
final class Setters {

    private final BeanIntrospection introspection;

    Setters(CamelContext context) {
        introspection = PluginHelper.getBeanIntrospection(context);
    }

    Set<String> of(Class<?> type) {
        return Arrays.stream(introspection.cacheClass(type).methods)
                .filter(method -> Boolean.TRUE.equals(method.isSetter))
                .map(method -> method.getterOrSetterShorthandName)
                .collect(Collectors.toSet());
    }
}
