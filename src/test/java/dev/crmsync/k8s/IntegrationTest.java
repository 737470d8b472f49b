package dev.crmsync.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Integration avoids what the operator does with settings that are absent or half said. */
class IntegrationTest {

    private static final String DEV = "overlays/dev";
    private static final String STAGING = "overlays/staging";
    private static final String PRODUCTION = "overlays/production";
    private static final String INCLUDE = "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN";

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void everyRouteFileIsASourceOutOfTheRoutesConfigMap(String folder) throws IOException {
        Manifests manifests = Kustomize.render(folder);
        JsonNode routes = routes(manifests);

        assertThat(manifests.one("Integration").at("/spec/sources")).allSatisfy(source -> {
            assertThat(source.path("contentRef").asText()).isEqualTo(Manifests.name(routes));
            assertThat(routes.path("data").has(source.path("contentKey").asText()))
                    .isTrue();
            assertThat(source.path("name").asText())
                    .isEqualTo(source.path("contentKey").asText());
        });
        assertThat(sourceNames(manifests)).containsExactlyInAnyOrderElementsOf(routeFiles());
        assertThat(routes.path("data").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(routeFiles());
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void anEditedRouteRollsThePodsSinceTheNameCarriesAHash(String folder) {
        assertThat(Manifests.name(routes(Kustomize.render(folder)))).matches("crm-sync-routes-[a-z0-9]{10}");
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void theIncludePatternMatchesEverySourceAndNoOtherYaml(String folder) {
        Manifests manifests = Kustomize.render(folder);
        String pattern = environment(manifests).get(INCLUDE);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring("file:".length()));

        assertThat(sourceNames(manifests)).allMatch(name -> matcher.matches(Path.of("/etc/camel/sources", name)));
        assertThat(matcher.matches(Path.of("/etc/camel/sources/kustomization.yaml")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void everyMountedNameExistsAndIsReadBack(String folder) {
        Manifests manifests = Kustomize.render(folder);
        List<String> locations = List.of(environment(manifests)
                .get("CAMEL_MAIN_CLOUD_PROPERTIES_LOCATION")
                .split(","));
        Manifests secret = Manifests.read(Path.of("k8s/secrets/crm-sync-secrets.example.yaml"));

        assertThat(Manifests.texts(trait(manifests, "mount").path("configs"))).allSatisfy(reference -> {
            String[] parts = reference.split(":");
            boolean isSecret = parts[0].equals("secret");
            assertThat(isSecret ? secret.named("Secret", parts[1]) : manifests.named("ConfigMap", parts[1]))
                    .isPresent();
            assertThat(locations).contains("/etc/camel/conf.d/" + (isSecret ? "_secrets/" : "_configmaps/") + parts[1]);
        });
        assertThat(locations)
                .hasSameSizeAs(Manifests.texts(trait(manifests, "mount").path("configs")));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void whatIsHotReloadedCarriesTheOperatorsLabel(String folder) {
        Manifests manifests = Kustomize.render(folder);
        Manifests secret = Manifests.read(Path.of("k8s/secrets/crm-sync-secrets.example.yaml"));

        assertThat(trait(manifests, "mount").path("hotReload").asBoolean()).isTrue();
        assertThat(List.of(manifests.named("ConfigMap", "crm-sync-config").orElseThrow(), secret.one("Secret")))
                .allSatisfy(object -> assertThat(object.at("/metadata/labels").path("camel.apache.org/integration"))
                        .hasToString("\"crm-sync\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void theServiceIsThereWhateverTheSourceScanSays(String folder) {
        JsonNode service = trait(Kustomize.render(folder), "service");

        assertThat(service.path("enabled").asBoolean()).isTrue();
        assertThat(service.path("auto").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void theIngressLeadsToTheWebhooksOnly(String folder) {
        Manifests manifests = Kustomize.render(folder);
        JsonNode ingress = trait(manifests, "ingress");

        assertThat(ingress.has("enabled")).isTrue();
        if (ingress.path("enabled").asBoolean()) {
            assertThat(Manifests.texts(ingress.path("paths"))).containsExactly("/webhooks");
            assertThat(ingress.path("tlsSecretName").asText()).isNotEmpty();
            assertThat(Manifests.texts(ingress.path("tlsHosts")))
                    .containsExactly(ingress.path("host").asText());
        }
        assertThat(trait(manifests, "container").has("servicePortName")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void probesAskTheManagementPort(String folder) {
        Manifests manifests = Kustomize.render(folder);
        JsonNode health = trait(manifests, "health");

        assertThat(health.path("enabled").asBoolean()).isTrue();
        for (String probe : List.of("liveness", "readiness", "startup")) {
            assertThat(health.path(probe + "ProbeEnabled").asBoolean()).isTrue();
            assertThat(health.path(probe + "Port").asInt()).isEqualTo(9876);
            assertThat(health.path(probe + "Probe").asText())
                    .isEqualTo("/observe/health/" + (probe.equals("readiness") ? "ready" : "live"));
        }
        assertThat(Manifests.texts(trait(manifests, "container").path("ports")))
                .containsExactlyInAnyOrder("management;9876", "console;8081");
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void sizeAndUserAreSaidOnPurpose(String folder) {
        JsonNode container = trait(Kustomize.render(folder), "container");

        for (String size : List.of("requestCPU", "requestMemory", "limitCPU", "limitMemory")) {
            assertThat(container.path(size).asText()).as(size).isNotEmpty();
        }
        assertThat(container.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.path("runAsUser").asInt()).isPositive();
        assertThat(container.path("image").asText()).matches(".+/crm-sync[:@](?!latest$).+");
        assertThat(container.path("image").asText()).doesNotContain("camel-k-kit-");
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void aRolloutLeavesNoGapAndHasTime(String folder) {
        JsonNode deployment = trait(Kustomize.render(folder), "deployment");

        assertThat(deployment.path("strategy").asText()).isEqualTo("RollingUpdate");
        assertThat(deployment.path("rollingUpdateMaxUnavailable").asInt(-1)).isZero();
        assertThat(deployment.path("rollingUpdateMaxSurge").asInt()).isPositive();
        assertThat(deployment.path("progressDeadlineSeconds").asInt()).isGreaterThanOrEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void neitherCronJobNorKnativeServiceNorTheOperatorsOwnMonitorIsMade(String folder) {
        Manifests manifests = Kustomize.render(folder);

        for (String trait : List.of("cron", "knative-service", "prometheus")) {
            assertThat(trait(manifests, trait).path("enabled").asBoolean(true))
                    .as(trait)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void environmentVariablesAreNeverSecretReferencesThatWouldBePassedLiterally(String folder) {
        assertThat(environment(Kustomize.render(folder)))
                .allSatisfy((name, value) -> assertThat(value.startsWith("secret:") && name.contains("."))
                        .as(name)
                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void everyOverlayKeepsTheVariablesThatReplacedListsCouldLose(String folder) {
        assertThat(environment(Kustomize.render(folder)))
                .containsKeys("CRM_PROFILE", INCLUDE, "CAMEL_MAIN_CLOUD_PROPERTIES_LOCATION")
                .allSatisfy((name, value) -> assertThat(name).doesNotMatch(".*_PORT(_.*)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void thePodPatchNamesTheContainerAndKeepsItsRootReadOnly(String folder) {
        Manifests manifests = Kustomize.render(folder);
        JsonNode container = manifests.one("Integration").at("/spec/template/spec/containers/0");

        assertThat(container.path("name").asText())
                .isEqualTo(trait(manifests, "container").path("name").asText());
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(Manifests.texts(trait(manifests, "mount").path("emptyDirs")))
                .anyMatch(folderToWrite -> folderToWrite.startsWith("tmp:/tmp:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, STAGING, PRODUCTION})
    void podsGetTheLabelThatSelectorsAskForAndNobodyTakesTheOperatorsLabel(String folder) {
        Manifests manifests = Kustomize.render(folder);
        JsonNode integration = manifests.one("Integration");

        assertThat(Manifests.texts(trait(manifests, "owner").path("targetLabels")))
                .contains("app.kubernetes.io/name");
        assertThat(integration
                        .at("/metadata/labels")
                        .path("app.kubernetes.io/name")
                        .asText())
                .isEqualTo("crm-sync");
        assertThat(manifests.objects())
                .allSatisfy(object -> assertThat(
                                object.at("/spec/template/metadata/labels").has("camel.apache.org/integration"))
                        .isFalse());
    }

    @Test
    void deadLetterUrisNameOnlyWhatTheOperatorsCatalogKnows() throws IOException {
        for (String file : routeFiles()) {
            assertThat(Files.readAllLines(Path.of("routes", file)))
                    .as(file)
                    .filteredOn(line -> line.contains("deadLetterUri"))
                    .allMatch(line -> line.matches(".*deadLetterUri: \"?direct:.*"));
        }
    }

    @Test
    void productionAutoscalesTheIntegrationItself() {
        Manifests manifests = Kustomize.render(PRODUCTION);
        JsonNode target = manifests.one("HorizontalPodAutoscaler").at("/spec/scaleTargetRef");

        assertThat(target.path("apiVersion").asText())
                .isEqualTo(manifests.one("Integration").path("apiVersion").asText());
        assertThat(target.path("kind").asText()).isEqualTo("Integration");
        assertThat(manifests.one("Integration").at("/spec/replicas").asInt()).isPositive();
    }

    private static JsonNode trait(Manifests manifests, String name) {
        return manifests.one("Integration").at("/spec/traits").path(name);
    }

    private static JsonNode routes(Manifests manifests) {
        return manifests
                .ofKind("ConfigMap")
                .filter(map -> Manifests.name(map).startsWith("crm-sync-routes"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> environment(Manifests manifests) {
        return Manifests.texts(trait(manifests, "environment").path("vars")).stream()
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static List<String> sourceNames(Manifests manifests) {
        return StreamSupport.stream(
                        manifests.one("Integration").at("/spec/sources").spliterator(), false)
                .map(source -> source.path("name").asText())
                .toList();
    }

    private static List<String> routeFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".camel.yaml"))
                    .toList();
        }
    }
}
