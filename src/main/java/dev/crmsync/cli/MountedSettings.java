package dev.crmsync.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The settings in the folders of ConfigMaps and Secrets, as Camel's cloud properties: a file that ends in
 * {@code .properties} holds several, any other is one setting, named after the file.
 */
final class MountedSettings {

    /** The variable that lists the folders, separated by commas. */
    static final String VARIABLE = "CAMEL_MAIN_CLOUD_PROPERTIES_LOCATION";

    private MountedSettings() {}

    /** The folders that the application itself reads, or null. */
    static String folders() {
        return System.getProperty("camel.main.cloud-properties-location", System.getenv(VARIABLE));
    }

    /** @param folders as in the variable, or null; what does not exist is passed over */
    static Properties in(String folders) {
        Properties found = new Properties();
        Stream.ofNullable(folders)
                .flatMap(list -> Stream.of(list.split(",")))
                .map(folder -> Path.of(folder.trim()))
                .filter(Files::isDirectory)
                .forEach(folder -> read(folder, found));
        return found;
    }

    /** Leaves out what the kubelet keeps beside the files: names that begin with a dot. */
    private static void read(Path folder, Properties found) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> settings = files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
            for (Path file : settings) {
                String name = file.getFileName().toString();
                if (name.endsWith(".properties")) {
                    try (var reader = Files.newBufferedReader(file)) {
                        found.load(reader);
                    }
                } else {
                    found.setProperty(name, Files.readString(file).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the settings in " + folder, e);
        }
    }
}
