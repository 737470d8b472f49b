package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.check.RouteCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {

    private final StringWriter output = new StringWriter();

    @TempDir
    private Path routes;

    @Test
    void itSucceedsOnOurOwnRoutes() {
        assertThat(check("routes")).isZero();
        assertThat(output.toString())
                .matches("\\d+ upserts in \\d+ files of routes held against the metadata package: all well\\R");
    }

    @Test
    void itFailsWhenTheOrgWouldRefuseRecordsAndNamesTheField() throws IOException {
        Path file = Files.writeString(routes.resolve("broken.camel.yaml"), """
                - route:
                    id: broken
                    from:
                      uri: direct:broken
                      steps:
                        - setBody:
                            expression:
                              jq:
                                expression: '{Pivotal_Key__c: .id, Name: .name, Phoone: "1"}'
                        - to:
                            uri: upsert:Account
                            parameters:
                              key: Pivotal_Key__c
                """);

        assertThat(check(routes.toString())).isEqualTo(1);
        assertThat(output.toString())
                .containsSubsequence(
                        file + ": broken -> Account",
                        "warning",
                        "Name",
                        "use fit(255)",
                        "error",
                        "Phoone",
                        "did you mean Phone?",
                        "1 upsert in 1 file of routes held against the metadata package: 1 error, 1 warning");
    }

    @Test
    void aMisspeltMemberOfAKeyOrARelationIsFoundWithTheSamples() throws IOException {
        for (Path file : RouteCheck.files(Path.of("routes"))) {
            Files.copy(file, routes.resolve(file.getFileName()));
        }
        Path pivotal = routes.resolve("sync-pivotal.camel.yaml");
        Files.writeString(
                pivotal,
                Files.readString(pivotal)
                        .replaceFirst("key\\(\\.id\\)", "key(.idd)")
                        .replaceFirst("\\.customer_id", ".customer_idd"));

        assertThat(check(routes.toString())).isZero();
        assertThat(output.toString())
                .contains(
                        "no sample of the source gets a key: .data.object.idd is missing",
                        "no sample of the source fills the relation",
                        "0 errors, 2 warnings");
    }

    private int check(String folder) {
        return CrmSync.commandLine()
                .setOut(new PrintWriter(output))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute("check", "--routes", folder);
    }
}
