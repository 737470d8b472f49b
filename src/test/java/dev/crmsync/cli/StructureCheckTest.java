package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.check.Finding;
import dev.crmsync.check.RouteCheck;
import dev.crmsync.check.structure.RouteFile;
import dev.crmsync.check.structure.StructureCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a route is said with file and line, before it runs. */
class StructureCheckTest {

    /** Line 6 is the first step. */
    private static final String ROUTE = """
            - route:
                id: acme
                from:
                  uri: direct:acme
                  steps:
            """;

    private static StructureCheck check;
    private static List<RouteFile> ours;

    @BeforeAll
    static void readOurOwn() throws IOException {
        CamelContext context = new DefaultCamelContext(false);
        RouteFunctions.bind(context.getRegistry());
        context.build();
        check = new StructureCheck(context, RouteSurroundings.create());
        ours = new ArrayList<>();
        for (Path file : RouteCheck.files(Path.of("routes"))) {
            ours.add(RouteFile.read(file));
        }
    }

    @Test
    void ourOwnRoutesCanRun() {
        assertThat(check.check(ours).all()).isEmpty();
    }

    static Stream<Arguments> mistakesInAStep() {
        return Stream.of(
                step(6, "Camel has no 'choise' here: did you mean choice?", "- choise: {}"),
                step(6, "Camel has no 'setbody' here: did you mean setBody?", "- setbody: {constant: a}"),
                step(8, "Camel has no 'expresion' here: did you mean expression?", """
                        - setBody:

                            expresion: {jq: {expression: .}}"""),
                step(6, "'setBody' has no expression", "- setBody: {}"),
                step(8, "'when' has no expression", """
                        - choice:
                            when:
                              - steps:
                                  - to: direct:accept"""),
                step(6, "'setHeader' does not say which one it sets", "- setHeader: {constant: a}"),
                step(8, "'to' stands in the step 'setBody', beside its name: put a hyphen before it", """
                        - setBody:
                            constant: a
                          to: direct:accept"""),
                step(8, "'uri' is there twice, also in line 7", """
                        - to:
                            uri: direct:accept
                            uri: direct:read-again"""),
                step(
                        6,
                        "there is no component 'upsrt': did you mean upsert?",
                        "- to: upsrt:Account?key=Pivotal_Key__c"),
                step(
                        6,
                        "'upsert' has no parameter 'kee': did you mean key?",
                        "- to: upsert:Account?kee=Pivotal_Key__c"),
                step(6, "'to' names no endpoint", "- to:"),
                step(6, "'to' names no endpoint", "- to: {parameters: {key: a}}"),
                step(6, "upsert:Account lacks the parameter key", "- to: upsert:Account"),
                step(6, "upsert does not say what", "- to: upsert"),
                step(7, "'jdbc' has no parameter 'useHeaderAsParameters': did you mean useHeadersAsParameters?", """
                        - log: a
                        - to:
                            uri: jdbc:inbox-database
                            parameters:
                              useHeaderAsParameters: true"""),
                step(6, "nothing can be sent to inbox:ignord: did you mean ignored?", "- to: inbox:ignord"),
                step(6, "no route is from direct:acept: did you mean accept?", "- to: direct:acept"),
                step(7, "there is no bean 'pivotal-signatur': did you mean pivotal-signature?", """
                        - process:
                            ref: pivotal-signatur"""),
                step(7, "there is no bean 'inbx': did you mean inbox?", """
                        - idempotentConsumer:
                            idempotentRepository: inbx
                            constant: a
                            steps: [{log: a}]"""),
                step(6, "is no simple: Unknown function: hedaer.type", "- log: \"${hedaer.type}\""),
                step(8, "is no simple: Unknown function: hedaer.type", """
                        - choice:
                            when:
                              - simple: "${hedaer.type} == 'a'"
                                steps:
                                  - log: a"""),
                step(8, "jq has no function 'heder': did you mean header?", """
                        - setBody:
                            expression:
                              jq:
                                expression: '{a: heder("type"), b}'"""),
                step(6, "the mapping is no jq: ", "- setBody: {jq: '{a: '}"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakesInAStep")
    void aMistakeInAStepIsNamedWithItsLine(int line, String message, String step) {
        assertOne(line, message, ROUTE + step.indent(8));
    }

    static Stream<Arguments> mistakesInAFile() {
        return Stream.of(
                Arguments.of(3, "it is no YAML: while scanning for the next token: found character '\\t(TAB)'", """
                        - route:
                            id: acme
                        \tfrom: {uri: 'direct:acme'}
                        """),
                Arguments.of(1, "it is no list of routes", "route:\n  id: acme\n"),
                Arguments.of(1, "it is no list of routes", "# nothing yet\n"),
                Arguments.of(1, "Camel has no 'roote' here: did you mean route?", "- roote: {id: acme}\n"),
                Arguments.of(3, "Camel has no 'form' here: did you mean from?", """
                        - route:
                            id: acme
                            form: {uri: 'direct:acme'}
                        """),
                Arguments.of(5, "Camel has no 'setps' here: did you mean steps?", """
                        - route:
                            id: acme
                            from:
                              uri: direct:acme
                              setps: [{log: a}]
                        """),
                Arguments.of(1, "there is the id accept already (routes/accept.camel.yaml:1)", """
                        - route:
                            id: accept
                            from: {uri: 'direct:acme', steps: [{log: a}]}
                        """),
                Arguments.of(3, "there is a route from direct:accept already", """
                        - route:
                            id: acme
                            from: {uri: 'direct:accept', steps: [{log: a}]}
                        """),
                Arguments.of(3, "there is a route from inbox:pivotal already", """
                        - route:
                            id: acme
                            from: {uri: 'inbox:pivotal', steps: [{log: a}]}
                        """),
                Arguments.of(3, "the path /webhooks/pivotal is taken by route receive-pivotal", """
                        - route:
                            id: acme
                            from: {uri: 'platform-http:/webhooks/pivotal', steps: [{log: a}]}
                        """),
                Arguments.of(3, "there is no routeConfiguration 'delivery-error': did you mean delivery-errors?", """
                        - route:
                            id: acme
                            routeConfigurationId: delivery-error
                            from: {uri: 'direct:acme', steps: [{log: a}]}
                        """),
                Arguments.of(2, "there is the bean pivotal-event already", """
                        - beans:
                            - name: pivotal-event
                              type: dev.crmsync.webhook.NothingAuthentic
                        """),
                Arguments.of(2, "there is no class dev.crmsync.webhook.SvixVerifer: did you mean", """
                        - beans:
                            - name: acme
                              type: dev.crmsync.webhook.SvixVerifer
                        """),
                Arguments.of(5, "SvixVerifier has no property 'secret': did you mean secrets?", """
                        - beans:
                            - name: acme
                              type: dev.crmsync.webhook.SvixVerifier
                              properties:
                                secret: crm.acme.signing-secrets
                        """),
                Arguments.of(2, "Property 'subject' of EnvelopeReader for 'acme' is missing", """
                        - beans:
                            - name: acme
                              type: dev.crmsync.webhook.EnvelopeReader
                              properties: {source: acme, id: .id, type: .type}
                        """),
                Arguments.of(2, "Expression for 'subject' of acme is not jq", """
                        - beans:
                            - name: acme
                              type: dev.crmsync.webhook.EnvelopeReader
                              properties: {source: acme, id: .id, type: .type, subject: '.id |'}
                        """),
                Arguments.of(5, "there is no bean 'acme-svix'", """
                        - beans:
                            - name: acme
                              type: dev.crmsync.webhook.EitherVerifier
                              properties:
                                first: "#bean:acme-svix"
                        """));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakesInAFile")
    void aMistakeInAFileIsNamedWithItsLine(int line, String message, String yaml) {
        assertOne(line, message, yaml);
    }

    @Test
    void aSourceThatIsReceivedButNotDeliveredIsAFindingOfItsOwn() {
        StructureCheck.Result result = check.check(with("""
                - beans:
                    - name: acme-event
                      type: dev.crmsync.webhook.EnvelopeReader
                      properties:
                        source: acme
                        id: .id
                        type: .type
                        subject: .id
                - route:
                    id: receive-acme
                    from:
                      uri: platform-http:/webhooks/acme
                      steps:
                        - process:
                            ref: acme-event
                - route:
                    id: sync-acme
                    from:
                      uri: inbox:amce
                      steps:
                        - log: a
                """));

        assertThat(result.broken()).isEmpty();
        assertThat(result.undelivered()).singleElement().satisfies(finding -> {
            assertThat(finding.line()).isEqualTo(2);
            assertThat(finding.message())
                    .isEqualTo("webhooks of acme are accepted, but no route from inbox:acme delivers them:"
                            + " there is one from inbox:amce");
        });
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThat(check.check(with(ROUTE + """
                        - to: upsrt:Account
                        - to: direct:nowhere
                        - log: "${hedaer.type}"
                """)).broken())
                .extracting(Finding::line)
                .containsExactly(6, 7, 8);
    }

    private static Arguments step(int line, String message, String step) {
        return Arguments.of(line, message, step);
    }

    private static void assertOne(int line, String message, String yaml) {
        assertThat(check.check(with(yaml)).all()).anySatisfy(finding -> {
            assertThat(finding.file()).isEqualTo("acme.camel.yaml");
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.message()).contains(message);
        });
    }

    private static List<RouteFile> with(String yaml) {
        List<RouteFile> files = new ArrayList<>(ours);
        files.add(RouteFile.read("acme.camel.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
        return files;
    }
}
