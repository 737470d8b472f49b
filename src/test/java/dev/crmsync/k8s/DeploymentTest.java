package dev.crmsync.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What surrounds the pods fits them, with Camel K and without. */
class DeploymentTest {

    private static final String APP = "app.kubernetes.io/name";

    /** PostgreSQL's default of 100, of which 3 are kept for administrators. */
    private static final int DATABASE_CONNECTIONS = 97;

    @Test
    void thePlainDeploymentMountsWhatTheIntegrationMounts() {
        Manifests manifests = Kustomize.render("plain");
        JsonNode pod = manifests.one("Deployment").at("/spec/template/spec");
        Set<String> volumes = new HashSet<>();
        pod.path("volumes").forEach(volume -> {
            volumes.add(volume.path("name").asText());
            JsonNode map = volume.at("/configMap/name");
            assertThat(map.isMissingNode()
                            || manifests.named("ConfigMap", map.asText()).isPresent())
                    .as(volume.toString())
                    .isTrue();
            JsonNode secret = volume.at("/secret/secretName");
            assertThat(secret.isMissingNode() || secret.asText().equals("crm-sync-secrets"))
                    .isTrue();
        });

        assertThat(pod.at("/containers/0/volumeMounts"))
                .extracting(mount -> mount.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(volumes);
    }

    @Test
    void thePlainDeploymentHasTheEnvironmentOfTheIntegration() {
        List<String> ofDeployment = StreamSupport.stream(
                        Kustomize.render("plain")
                                .one("Deployment")
                                .at("/spec/template/spec/containers/0/env")
                                .spliterator(),
                        false)
                .map(variable -> variable.path("name").asText() + "="
                        + variable.path("value").asText())
                .toList();

        assertThat(ofDeployment)
                .containsExactlyInAnyOrderElementsOf(Manifests.texts(Kustomize.render("overlays/production")
                        .one("Integration")
                        .at("/spec/traits/environment/vars")));
    }

    @Test
    void everyNamedPortOfThePlainDeploymentExists() {
        Manifests manifests = Kustomize.render("plain");
        JsonNode container = manifests.one("Deployment").at("/spec/template/spec/containers/0");
        Set<String> ports = StreamSupport.stream(container.path("ports").spliterator(), false)
                .map(port -> port.path("name").asText())
                .collect(Collectors.toSet());

        assertThat(List.of("livenessProbe", "readinessProbe", "startupProbe"))
                .allSatisfy(probe -> assertThat(ports)
                        .contains(container.path(probe).at("/httpGet/port").asText()));
        assertThat(ports)
                .contains(manifests
                        .one("PodMonitor")
                        .at("/spec/podMetricsEndpoints/0/port")
                        .asText());
        assertThat(ports)
                .contains(manifests
                        .named("Service", "crm-sync")
                        .orElseThrow()
                        .at("/spec/ports/0/targetPort")
                        .asText());
        assertThat(manifests.one("Ingress").at("/spec/rules/0/http/paths"))
                .singleElement()
                .satisfies(path -> {
                    assertThat(path.path("path").asText()).isEqualTo("/webhooks");
                    assertThat(path.at("/backend/service/port/name").asText()).isEqualTo("http");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/staging", "overlays/production", "plain"})
    void everySelectorFindsThePods(String folder) {
        Manifests manifests = Kustomize.render(folder);

        assertThat(manifests
                        .one("PodMonitor")
                        .at("/spec/selector/matchLabels")
                        .path(APP)
                        .asText())
                .isEqualTo("crm-sync");
        assertThat(manifests
                        .one("NetworkPolicy")
                        .at("/spec/podSelector/matchLabels")
                        .path(APP)
                        .asText())
                .isEqualTo("crm-sync");
        assertThat(manifests.ofKind("Service"))
                .allSatisfy(service -> assertThat(
                                service.at("/spec/selector").path(APP).asText())
                        .isEqualTo("crm-sync"));
        assertThat(manifests
                        .one("PodMonitor")
                        .at("/spec/podMetricsEndpoints/0/path")
                        .asText())
                .isEqualTo("/observe/metrics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/staging", "overlays/production", "plain"})
    void theNetworkPolicyLetsInOnEveryPortThatIsServed(String folder) {
        Set<Integer> open = new HashSet<>();
        Kustomize.render(folder)
                .one("NetworkPolicy")
                .at("/spec/ingress")
                .forEach(rule -> rule.path("ports")
                        .forEach(port -> open.add(port.path("port").asInt())));

        assertThat(open).containsExactlyInAnyOrder(8080, 8081, 9876);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/staging", "overlays/production", "plain"})
    void thePodIsKilledOnlyAfterItsOwnShutdownHasRunOut(String folder) {
        Manifests manifests = Kustomize.render(folder);
        JsonNode pod = pod(manifests);
        int preStop = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
        int routes = Integer.parseInt(manifests.settings().getProperty("camel.main.shutdownTimeout"));
        int extra = Integer.parseInt(manifests.settings().getProperty("camel.main.extraShutdownTimeout"));

        assertThat(preStop).isPositive();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(preStop + routes + extra);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/staging", "overlays/production", "plain"})
    void theDatabaseHasAConnectionForEveryReplicaOfARollout(String folder) {
        Manifests manifests = Kustomize.render(folder);
        int replicas =
                manifests.one("HorizontalPodAutoscaler").at("/spec/maxReplicas").asInt() + 1;
        int pooled = Integer.parseInt(manifests.settings().getProperty("crm.database.connections"));
        int each = pooled + 1; // that which shows that the process is alive

        assertThat(replicas * each).isLessThanOrEqualTo(DATABASE_CONNECTIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/staging", "overlays/production", "plain"})
    void noSecretIsRendered(String folder) {
        assertThat(Kustomize.render(folder).ofKind("Secret")).isEmpty();
    }

    @Test
    void theExternalSecretFillsEveryKeyOfTheSecret() {
        Set<String> keys = new HashSet<>();
        Manifests.read(Path.of("k8s/secrets/crm-sync-secrets.example.yaml"))
                .one("Secret")
                .path("stringData")
                .fieldNames()
                .forEachRemaining(keys::add);

        assertThat(Manifests.read(Path.of("k8s/secrets/external-secret.yaml"))
                        .one("ExternalSecret")
                        .at("/spec/data"))
                .extracting(entry -> entry.path("secretKey").asText())
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    private static JsonNode pod(Manifests manifests) {
        return manifests
                .ofKind("Integration")
                .findFirst()
                .or(() -> manifests.ofKind("Deployment").findFirst())
                .orElseThrow()
                .at("/spec/template/spec");
    }
}
