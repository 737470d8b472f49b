package dev.crmsync.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds all routes of a folder against a schema. */
public final class RouteCheck {

    private static final String SUFFIX = ".camel.yaml";

    private final OrgSchema schema;
    private final MappingTrial trial;

    /** Without a trial of the mappings. */
    public RouteCheck(OrgSchema schema) {
        this(schema, MappingTrial.NONE);
    }

    public RouteCheck(OrgSchema schema, MappingTrial trial) {
        this.trial = trial;
        Map<String, Optional<OrgObject>> seen = new LinkedHashMap<>();
        this.schema = name -> seen.computeIfAbsent(name, schema::object);
    }

    /**
     * Checks the files of that folder whose names end in {@code .camel.yaml}.
     *
     * @throws IOException when one cannot be read
     * @throws IllegalArgumentException when one is no YAML
     */
    public Report check(Path folder) throws IOException {
        return check(files(folder));
    }

    /** As {@link #check(Path)}, those files. */
    public Report check(List<Path> files) throws IOException {
        List<Finding> findings = new ArrayList<>();
        int upserts = 0;
        for (Path file : files) {
            for (Upserting upsert : RouteReader.read(file)) {
                new UpsertCheck(schema, trial, upsert, findings::add).run();
                upserts++;
            }
        }
        return new Report(findings.stream().distinct().toList(), files.size(), upserts);
    }

    /** The files of that folder whose names end in {@code .camel.yaml}, in their order. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }
}
