package dev.crmsync.observe;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;

/**
 * Lines as another layout writes them, but {@link Printable}: ids, types, paths and the messages of exceptions come from
 * outside. This is the one place where that is seen to, whoever logs.
 */
@Plugin(name = "PrintableLayout", category = Core.CATEGORY_NAME, elementType = Layout.ELEMENT_TYPE)
public final class PrintableLayout extends AbstractStringLayout {

    private final Layout<?> lines;

    private PrintableLayout(Layout<?> lines) {
        super(StandardCharsets.UTF_8);
        this.lines = lines;
    }

    /** @param lines the layout inside, of text */
    @PluginFactory
    public static PrintableLayout around(@PluginElement("Layout") Layout<? extends Serializable> lines) {
        return new PrintableLayout(lines);
    }

    @Override
    public String toSerializable(LogEvent event) {
        return Printable.escaped(lines.toSerializable(event).toString());
    }

    @Override
    public String getContentType() {
        return lines.getContentType();
    }
}
