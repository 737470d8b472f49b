package dev.crmsync.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the component {@code plain-mtls} on, Plain's webhooks are let in on the host that asks for a certificate only. */
class PlainClientCertificateTest {

    private static final String COMPONENT = "plain-mtls";

    private record Rule(String host, String path, String type) {

        /** As Kubernetes defines it: by whole path elements. Case does not count here, to be on the safe side. */
        boolean leadsTo(String wanted) {
            String rule = path.toLowerCase(java.util.Locale.ROOT);
            return wanted.equals(rule) || type.equals("Prefix") && wanted.startsWith(rule.replaceFirst("/*$", "/"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/staging", "overlays/production", "plain"})
    void theMainHostRoutesNothingThatCouldBePlains(String folder) {
        List<Rule> rules = rules(Kustomize.render(folder, COMPONENT));

        assertThat(rules)
                .filteredOn(rule -> !rule.host().equals("hooks-plain.example.com"))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.type()).isIn("Prefix", "Exact"))
                .noneMatch(rule -> rule.leadsTo("/webhooks/plain"))
                .noneMatch(rule -> rule.leadsTo("/webhooks/plain/"))
                .noneMatch(rule -> rule.leadsTo("/webhooks/"));
        assertThat(rules)
                .filteredOn(rule -> rule.leadsTo("/webhooks/plain"))
                .containsExactly(new Rule("hooks-plain.example.com", "/webhooks/plain", "Exact"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/staging", "overlays/production", "plain"})
    void theMainHostStillRoutesTheOtherSources(String folder) {
        List<Rule> withComponent = rules(Kustomize.render(folder, COMPONENT));
        List<Rule> without = rules(Kustomize.render(folder));

        assertThat(List.of("/webhooks/pivotal", "/webhooks/emporix/customer.created"))
                .allSatisfy(path -> assertThat(withComponent)
                        .filteredOn(rule -> rule.leadsTo(path))
                        .singleElement()
                        .satisfies(rule ->
                                assertThat(rule.host()).isEqualTo(without.get(0).host())));
    }

    private static List<Rule> rules(Manifests manifests) {
        List<Rule> rules = new ArrayList<>();
        manifests
                .ofKind("Ingress")
                .forEach(ingress -> ingress.at("/spec/rules")
                        .forEach(rule -> rule.at("/http/paths")
                                .forEach(path -> rules.add(new Rule(
                                        rule.path("host").asText(),
                                        path.path("path").asText(),
                                        path.path("pathType").asText())))));
        manifests.ofKind("Integration").forEach(integration -> {
            JsonNode trait = integration.at("/spec/traits/ingress");
            Manifests.texts(trait.path("paths"))
                    .forEach(path -> rules.add(new Rule(
                            trait.path("host").asText(),
                            path,
                            trait.path("pathType").asText())));
        });
        return rules;
    }
}
