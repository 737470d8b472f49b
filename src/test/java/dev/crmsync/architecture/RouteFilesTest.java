package dev.crmsync.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The route files are in the form that visual editors open and people can rely on. */
class RouteFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json"));
    private static final String KEBAB_CASE = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    /** What the application itself gives to the routes. */
    private static final Set<String> BOUND_BEANS = Set.of("inbox", "inbox-database", "dead-letter-details");

    /** Steps that have an expression, in canonical form under the key of that name. */
    private static final Set<String> WITH_EXPRESSION = Set.of(
            "setBody", "setHeader", "setProperty", "setVariable", "when", "filter", "idempotentConsumer", "split");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isValidForCamelsSchema(Path file) {
        assertThat(SCHEMA.validate(items(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isNamedAsTheApplicationLoadsIt(Path file) {
        assertThat(file.getFileName().toString()).matches(KEBAB_CASE + "\\.camel\\.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void writesEveryStepOut(Path file) {
        visit(items(file), (name, node) -> {
            if (name.equals("to") || name.equals("process") || name.equals("log") || name.equals("from")) {
                assertThat(node.isObject())
                        .as("%s of %s in %s", name, node, file)
                        .isTrue();
            }
            if (WITH_EXPRESSION.contains(name)) {
                for (JsonNode step : node.isArray() ? node : List.of(node)) {
                    assertThat(step.path("expression").isObject())
                            .as("expression of %s in %s", step, file)
                            .isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void keepsParametersOutOfUris(Path file) {
        visit(items(file), (name, node) -> {
            if (name.equals("uri")) {
                assertThat(node.asText()).as("uri in %s", file).doesNotContain("?");
            }
        });
    }

    @Test
    void everyRouteSaysWhatItIsFor() {
        assertThat(routes())
                .isNotEmpty()
                .allSatisfy(route -> assertThat(route.path("description").asText())
                        .as("description of %s", route.path("id"))
                        .hasSizeGreaterThan(20));
        all("routeConfiguration")
                .forEach(configuration -> assertThat(
                                configuration.path("description").asText())
                        .as("description of %s", configuration.path("id"))
                        .hasSizeGreaterThan(20));
    }

    @Test
    void idsAreKebabCaseAndUnique() {
        List<String> ids = Stream.concat(routes().stream(), all("routeConfiguration").stream())
                .map(route -> route.path("id").asText())
                .toList();

        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id).matches(KEBAB_CASE));
    }

    @Test
    void aDirectRouteIsCalledByItsId() {
        routes().forEach(route -> {
            String uri = route.path("from").path("uri").asText();
            if (uri.startsWith("direct:")) {
                assertThat(uri).isEqualTo("direct:" + route.path("id").asText());
            }
        });
    }

    @Test
    void everyDirectCallLeadsToARoute() {
        Set<String> called = new TreeSet<>();
        allFiles()
                .forEach(file -> visit(items(file), (name, node) -> {
                    if (name.equals("uri") && node.asText().startsWith("direct:")) {
                        called.add(node.asText().substring("direct:".length()));
                    }
                }));

        assertThat(routes().stream().map(route -> route.path("id").asText())).containsAll(called);
    }

    @Test
    void everyRouteConfigurationThatIsNamedExists() {
        List<String> named = routes().stream()
                .map(route -> route.path("routeConfigurationId").asText())
                .filter(id -> !id.isEmpty())
                .toList();

        assertThat(all("routeConfiguration").stream()
                        .map(configuration -> configuration.path("id").asText()))
                .containsAll(named);
    }

    /** The code gives each route the configuration for what it is there for. */
    @Test
    void noRouteRepeatsTheErrorHandlingThatItHasAnyway() {
        assertThat(routes().stream()
                        .filter(route -> route.has("routeConfigurationId"))
                        .map(route -> route.path("id").asText()))
                .isEmpty();
    }

    @Test
    void everyBeanThatIsNamedExists() {
        Set<String> declared = new TreeSet<>(BOUND_BEANS);
        all("beans")
                .forEach(beans ->
                        beans.forEach(bean -> declared.add(bean.path("name").asText())));
        Set<String> named = new TreeSet<>();
        allFiles()
                .forEach(file -> visit(items(file), (name, node) -> {
                    if (name.equals("ref") || name.equals("idempotentRepository")) {
                        named.add(node.asText());
                    } else if (node.isTextual() && node.asText().startsWith("#bean:")) {
                        named.add(node.asText().substring("#bean:".length()));
                    }
                }));

        assertThat(declared).containsAll(named);
    }

    @Test
    void everyBeanIsNamedByTheClassItNeeds() {
        all("beans")
                .forEach(beans -> beans.forEach(bean -> assertThat(Class.class)
                        .satisfies(any -> Class.forName(bean.path("type").asText()))));
    }

    private static List<JsonNode> routes() {
        return all("route");
    }

    /** The top-level items of that kind in all files. */
    private static List<JsonNode> all(String kind) {
        List<JsonNode> found = new ArrayList<>();
        allFiles()
                .forEach(file -> items(file).forEach(item -> {
                    if (item.has(kind)) {
                        found.add(item.path(kind));
                    }
                }));
        return found;
    }

    private static List<Path> allFiles() {
        try {
            return files();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode items(Path file) {
        try {
            return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every member below that node, with its name. */
    private static void visit(JsonNode node, BiConsumer<String, JsonNode> visitor) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            visitor.accept(member.getKey(), member.getValue());
            visit(member.getValue(), visitor);
        }
        if (node.isArray()) {
            node.forEach(item -> visit(item, visitor));
        }
    }
}
