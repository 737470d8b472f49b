package dev.crmsync.sandbox.schema;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** An element of a metadata file; its children are read by name. */
final class MetadataXml {
    private final Element element;

    private MetadataXml(Element element) {
        this.element = element;
    }

    static MetadataXml read(InputStream xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new MetadataXml(factory.newDocumentBuilder().parse(xml).getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("Not well-formed XML: " + e.getMessage(), e);
        }
    }

    List<MetadataXml> children(String name) {
        List<MetadataXml> found = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && name.equals(child.getTagName())) {
                found.add(new MetadataXml(child));
            }
        }
        return found;
    }

    Optional<MetadataXml> child(String name) {
        return children(name).stream().findFirst();
    }

    Optional<String> text(String name) {
        return child(name).map(MetadataXml::text).filter(text -> !text.isEmpty());
    }

    String text() {
        return element.getTextContent().strip();
    }

    String required(String name) {
        return text(name)
                .orElseThrow(() -> new IllegalArgumentException("Element <" + name + "> is missing in <"
                        + element.getTagName() + ">"
                        + text("fullName").map(full -> " of " + full).orElse("")));
    }

    int number(String name, int otherwise) {
        return text(name).map(Integer::parseInt).orElse(otherwise);
    }

    boolean flag(String name) {
        return text(name).map(Boolean::parseBoolean).orElse(false);
    }
}
