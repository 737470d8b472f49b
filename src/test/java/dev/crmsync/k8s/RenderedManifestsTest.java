package dev.crmsync.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every folder that a person applies holds objects that a cluster accepts with strict validation. */
class RenderedManifestsTest {

    private static final Path INTEGRATION_SCHEMA = Path.of("../shared/data/camel-k/integration-v1.strict.schema.json");

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Secret", Secret.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class));

    /** The models keep unknown fields instead of refusing them: without that, Jackson refuses. */
    private final ObjectMapper strict = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/staging", "overlays/production", "plain"})
    void builtInKindsHaveKnownFieldsOnly(String folder) {
        assertThat(Kustomize.render(folder).objects())
                .filteredOn(object -> !object.path("kind").asText().equals("Integration"))
                .isNotEmpty()
                .allSatisfy(this::assertFieldsKnown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/staging", "overlays/production"})
    void theIntegrationHoldsToItsSchema(String folder) throws IOException {
        assumeTrue(Files.exists(INTEGRATION_SCHEMA), "skipped: needs the schema of Camel K's Integration");
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(Files.readString(INTEGRATION_SCHEMA));

        assertThat(schema.validate(Kustomize.render(folder).one("Integration"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secrets/crm-sync-secrets.example.yaml",
                "components/plain-mtls/ingress.yaml",
                "components/tracing/networkpolicy.yaml"
            })
    void examplesHaveKnownFieldsOnly(String file) {
        assertThat(Manifests.read(Path.of("k8s", file)).objects()).isNotEmpty().allSatisfy(this::assertFieldsKnown);
    }

    @Test
    void anUnknownFieldIsFound() {
        JsonNode service = Manifests.parse("{apiVersion: v1, kind: Service, spec: {ports: [{prot: 80}]}}")
                .one("Service");

        assertThatCode(() -> read(service)).hasMessageContaining("prot");
    }

    private void assertFieldsKnown(JsonNode object) {
        assertThatCode(() -> read(object)).doesNotThrowAnyException();
    }

    private void read(JsonNode object) throws IOException {
        String kind =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        assertThat(KINDS).containsKey(kind);
        strict.treeToValue(object, KINDS.get(kind));
    }
}
