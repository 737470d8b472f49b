package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the guides tell people to do can be done. */
class GuidesTest {

    private static final Pattern SQL =
            Pattern.compile("```sql\\n(.*?)```|`((?:select|update|delete|insert) [^`]+)`", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile(
            "(?:crm-sync\\.(?:jar|args)|`)\\s*(dead-letters(?: [a-z]+(?:-[a-z]+)*)?|check|send|demo|sandbox)\\b([^`\\n]*)");
    private static final Pattern OPTION = Pattern.compile("(?<= )--[a-z-]+");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern SETTING = Pattern.compile("`(crm\\.(?!acme)[a-z.-]+[a-z])`");

    static List<Path> guides() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            files.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everySqlStatementRunsOnTheSchema() throws Exception {
        List<String> statements = new ArrayList<>();
        for (Path guide : guides()) {
            SQL.matcher(Files.readString(guide))
                    .results()
                    .forEach(found -> statements.addAll(
                            List.of((found.group(1) == null ? found.group(2) : found.group(1)).split(";"))));
        }
        statements.removeIf(String::isBlank);
        assertThat(statements).isNotEmpty();
        try (PostgresServer server = PostgresServer.start();
                Database database =
                        Database.open(server.newDatabase(), PostgresServer.USER, PostgresServer.PASSWORD, 2)) {
            for (String statement : statements) {
                assertThatCode(() -> run(database, statement)).as(statement).doesNotThrowAnyException();
            }
        }
    }

    private static void run(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setString(i, "any");
            }
            statement.execute();
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    void everyCommandAndOptionExists(Path guide) throws IOException {
        Matcher command = COMMAND.matcher(Files.readString(guide));
        while (command.find()) {
            CommandLine found = CrmSync.commandLine();
            for (String name : command.group(1).split(" ")) {
                assertThat(found.getSubcommands()).as(command.group()).containsKey(name);
                found = found.getSubcommands().get(name);
            }
            CommandLine.Model.CommandSpec spec = found.getCommandSpec();
            OPTION.matcher(command.group(2))
                    .results()
                    .forEach(option ->
                            assertThat(spec.optionsMap()).as(command.group()).containsKey(option.group()));
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    void everyLinkLeadsSomewhere(Path guide) throws IOException {
        Matcher link = LINK.matcher(Files.readString(guide));
        while (link.find()) {
            if (link.group(1).startsWith("http")) {
                continue;
            }
            String[] parts = link.group(1).split("#", 2);
            Path target =
                    parts[0].isEmpty() ? guide : guide.resolveSibling(parts[0]).normalize();
            assertThat(target).as(link.group()).exists();
            if (parts.length == 2) {
                assertThat(anchors(target)).as(link.group()).contains(parts[1]);
            }
        }
    }

    private static List<String> anchors(Path guide) throws IOException {
        return Files.readAllLines(guide).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("guides")
    void everySettingIsInTheListOfSettings(Path guide) throws IOException {
        String list = Files.readString(Path.of("README.md"));
        Matcher setting = SETTING.matcher(Files.readString(guide));
        while (setting.find()) {
            String name = setting.group(1);
            String last = name.substring(name.lastIndexOf('.'));
            assertThat(list.contains(name)
                            || list.contains("`" + last + "`")
                                    && list.contains(name.substring(0, name.lastIndexOf('.'))))
                    .as(name)
                    .isTrue();
        }
    }
}
