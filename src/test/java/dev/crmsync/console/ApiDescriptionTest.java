package dev.crmsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.deadletter.DeadLetters;
import dev.crmsync.http.MemoryBudget;
import dev.crmsync.inbox.Arrivals;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.Inbox;
import dev.crmsync.inbox.PayloadCipher;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document says what the API does, no more and no less. */
class ApiDescriptionTest {

    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

    private static JsonNode document;
    private static Set<String> routes;

    @BeforeAll
    static void read(@TempDir Path folder) throws Exception {
        document = new ObjectMapper().readTree(StaticFiles.read("/console/openapi.json"));
        Vertx vertx = Vertx.vertx();
        try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("inbox.db"), null, null)) {
            Clock clock = Clock.systemUTC();
            Inbox inbox = new Inbox(database, PayloadCipher.plain(), clock, new Arrivals());
            DeadLetters deadLetters = new DeadLetters(database, inbox, (event, payload) -> Optional.empty(), clock);
            Router router = Router.router(vertx);
            Access access = new Access(
                    new PasswordSignIn(Users.none(), new SignInFailures(database, clock)),
                    null,
                    new UserSessions(database, Users.none(), clock),
                    deadLetters.audit(),
                    new Connections(1));
            Bodies bodies = new Bodies(vertx, new MemoryBudget(1));
            Api.mount(
                    router,
                    access,
                    bodies,
                    new ConsoleData(database, deadLetters, inbox, null, null, null, null, null, clock));
            routes = new HashSet<>();
            for (Route route : router.getRoutes()) {
                if (route.methods() != null) {
                    route.methods().forEach(method -> routes.add(method.name() + " " + route.getPath()));
                }
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionHasItsRoute() {
        assertThat(routes).isNotEmpty();
        assertThat(operations().stream().map(Operation::route)).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void everyOperationSaysWhatItDoesTakesAndAnswers() {
        for (Operation operation : operations()) {
            JsonNode described = operation.node();
            assertThat(described.path("summary").asText()).as(operation.route()).isNotBlank();
            assertThat(described.path("responses").has("401"))
                    .as(operation.route())
                    .isTrue();
            boolean isPost = operation.route().startsWith("POST");
            assertThat(described.path("responses").has("403"))
                    .as(operation.route() + " says that viewers may not")
                    .isEqualTo(isPost);
            Matcher parameter = PATH_PARAMETER.matcher(operation.path());
            while (parameter.find()) {
                assertThat(document.path("paths")
                                .path(operation.path())
                                .path("parameters")
                                .toString())
                        .as(operation.path())
                        .contains("/" + parameter.group(1) + "\"");
            }
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private record Operation(String method, String path, JsonNode node) {

        private String route() {
            return method + " " + path.replace("{id}", ":id");
        }
    }

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> !operation.getKey().equals("parameters"))
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        return operations;
    }
}
