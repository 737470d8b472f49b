package dev.crmsync.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds what to do. */
class AlertsTest {

    @Test
    void everyAlertLeadsToItsChapterOfTheRunbook() throws IOException {
        List<String> chapters = Files.readAllLines(Path.of("src/docs/runbook.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line ->
                        line.substring(3).toLowerCase(java.util.Locale.ROOT).replace(' ', '-'))
                .toList();

        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            String[] link = rule.at("/annotations/runbook").asText().split("#", 2);
            assertThat(link[0]).isEqualTo("src/docs/runbook.md");
            assertThat(chapters).contains(link[1]);
        });
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatIsWrong() throws IOException {
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
        });
    }

    private static List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        Manifests.read(Path.of("k8s/monitoring/alerts.yaml"))
                .one("PrometheusRule")
                .at("/spec/groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }
}
