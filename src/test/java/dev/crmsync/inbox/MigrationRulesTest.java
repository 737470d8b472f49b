package dev.crmsync.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While a release is rolled out, pods of the one before it use the new schema. So a migration only expands what is there;
 * what takes something away is a migration called {@code contract_…}, in a release after the last that needed it.
 */
class MigrationRulesTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db");
    private static final Pattern CREATE_TABLE = Pattern.compile("create table (\\w+) .*");
    private static final Pattern CREATE_INDEX = Pattern.compile("create (unique )?index \\w+ on (\\w+) .*");
    private static final Pattern ADD_COLUMN = Pattern.compile("alter table \\w+ add column (.*)");

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "sqlite"})
    void aMigrationOnlyExpands(String database) throws IOException {
        for (Path file : migrations(database)) {
            if (!file.getFileName().toString().matches("V1__.*|V\\d+__contract_.*")) {
                assertThat(objections(Files.readString(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void bothDatabasesHaveTheSameMigrations() throws IOException {
        assertThat(migrations("postgresql"))
                .extracting(file -> file.getFileName().toString())
                .isNotEmpty()
                .containsExactlyElementsOf(migrations("sqlite").stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table event",
                "alter table event drop column reason",
                "alter table event rename column reason to why",
                "alter table event alter column reason set not null",
                "alter table event add column why text not null",
                "create unique index event_once on event (subject_id)",
                "update event set reason = 'none'",
            })
    void whatWouldHurtAnOlderPodIsFound(String statement) {
        assertThat(objections(statement + ";")).containsExactly(statement);
    }

    /** Those statements that are more than an expansion. */
    private static List<String> objections(String script) {
        Set<String> created = new HashSet<>();
        List<String> objections = new ArrayList<>();
        for (String part : script.replaceAll("--.*", "").split(";")) {
            String statement = part.strip().replaceAll("\\s+", " ").toLowerCase(java.util.Locale.ROOT);
            if (!statement.isEmpty() && !expands(statement, created)) {
                objections.add(statement);
            }
        }
        return objections;
    }

    private static boolean expands(String statement, Set<String> created) {
        Matcher table = CREATE_TABLE.matcher(statement);
        if (table.matches()) {
            return created.add(table.group(1));
        }
        Matcher index = CREATE_INDEX.matcher(statement);
        if (index.matches()) {
            return index.group(1) == null || created.contains(index.group(2));
        }
        Matcher column = ADD_COLUMN.matcher(statement);
        return column.matches()
                && (!column.group(1).contains("not null") || column.group(1).contains("default"));
    }

    private static List<Path> migrations(String database) throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS.resolve(database))) {
            return files.sorted().toList();
        }
    }
}
