package dev.crmsync.sandbox.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of a metadata package come from. */
@FunctionalInterface
interface MetadataSource {
    /** Opens a file, named relative to the package's root such as {@code manifest/package.xml}. */
    InputStream open(String file) throws IOException;

    /** The package that is packed into this jar. */
    static MetadataSource packaged() {
        return file -> {
            InputStream in = MetadataSource.class.getResourceAsStream("/salesforce/" + file);
            if (in == null) {
                throw new IOException("no such resource: salesforce/" + file);
            }
            return in;
        };
    }

    static MetadataSource directory(Path root) {
        return file -> Files.newInputStream(root.resolve(file));
    }

    default MetadataXml xml(String file) {
        try (InputStream in = open(file)) {
            return MetadataXml.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read metadata file " + file + ": " + e.getMessage(), e);
        }
    }
}
