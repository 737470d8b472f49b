package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SECRET_NAMES = List.of(
            "token",
            "TOKEN",
            "reset_token",
            "refreshToken",
            "activateAccountUrl",
            "activateaccounturl",
            "sessionId",
            "password",
            "passwordHash",
            "secret",
            "secretKey",
            "clientSecret",
            "ownName");
    private static final String SECRET = "s3cr3tv4lu3";

    private final Redaction redaction = new Redaction(List.of("own*"));

    @Test
    void dropsSecretsByNameAtAnyDepth() throws Exception {
        JsonNode json = JSON.readTree(
                "{\"token\":\"a\",\"email\":\"b\",\"list\":[{\"sessionId\":1,\"id\":2}],\"in\":{\"password\":{\"x\":1}}}");

        assertThat(redaction.apply(json)).isEqualTo(JSON.readTree("{\"email\":\"b\",\"list\":[{\"id\":2}],\"in\":{}}"));
    }

    @Test
    void dropsEveryListedName() {
        for (String name : SECRET_NAMES) {
            JsonNode json = JsonNodeFactory.instance.objectNode().put(name, SECRET);

            assertThat(redaction.apply(json)).as(name).isEmpty();
        }
    }

    @Test
    void keepsNamesThatOnlyResembleThem() {
        for (String name : List.of("tokens", "tokenized", "session", "accountUrl", "pass", "email", "id", "myown")) {
            JsonNode json = JsonNodeFactory.instance.objectNode().put(name, "value");

            assertThat(redaction.apply(json)).as(name).isSameAs(json);
        }
    }

    @Test
    void copiesNothingWhenThereIsNothingToDrop() throws Exception {
        JsonNode json = JSON.readTree("{\"a\":[{\"b\":{\"c\":[1,2,{}]}}]}");

        assertThat(redaction.apply(json)).isSameAs(json);
    }

    @Test
    void leavesTheGivenTreeAlone() throws Exception {
        JsonNode json = JSON.readTree("{\"a\":{\"token\":1}}");

        redaction.apply(json);

        assertThat(json).isEqualTo(JSON.readTree("{\"a\":{\"token\":1}}"));
    }

    @Test
    void keepsATextWithoutSecretsAsItIs() {
        assertThat(redaction.apply("<html>Bad Gateway</html>\n")).isEqualTo("<html>Bad Gateway</html>\n");
    }

    @Test
    void cutsATextBeforeTheFirstSecret() {
        assertThat(redaction.apply("{\"email\":\"a@b.example\",\"token\":\"" + SECRET))
                .isEqualTo("{\"email\":\"a@b.example\",\"[redacted: the rest, 19 characters]");
    }

    @Test
    void findsSecretsInTextHoweverTheyAreWritten() {
        for (String text : List.of(
                "email=x&reset_token=" + SECRET,
                "<token>" + SECRET + "</token>",
                "Password: " + SECRET,
                "{'sessionId': '" + SECRET + "'",
                "{\"\\u0074oken\":\"" + SECRET + "\",",
                "{\"tok\\uuu0065n\":\"" + SECRET + "\",",
                "%74oken=" + SECRET,
                "t\0o\0k\0e\0n\0=\0" + SECRET,
                "to\u200Bken=" + SECRET,
                "{\"a\":1,\"a\":2,\"secret\":{\"deep\":[\"" + SECRET + "\"]}}")) {
            assertThat(redaction.apply(text)).as(text).doesNotContain(SECRET);
        }
    }

    @Property
    void noSecretSurvivesInATree(@ForAll("treesWithSecrets") JsonNode tree) {
        assertThat(redaction.apply(tree).toString()).doesNotContain(SECRET);
    }

    @Property
    void noSecretSurvivesInBrokenJson(@ForAll("treesWithSecrets") JsonNode tree) {
        assertThat(redaction.apply(tree + "}")).doesNotContain(SECRET);
    }

    @Property
    void everythingElseSurvives(@ForAll("treesWithoutSecrets") JsonNode tree) {
        assertThat(redaction.apply(tree)).isSameAs(tree);
    }

    @Provide
    Arbitrary<JsonNode> treesWithSecrets() {
        Arbitrary<JsonNode> secrets = JsonTrees.of(
                Arbitraries.strings().alpha().ofMaxLength(3),
                Arbitraries.just(JsonNodeFactory.instance.textNode(SECRET)));
        Arbitrary<JsonNode> underSecretNames = Arbitraries.of(SECRET_NAMES)
                .flatMap(name -> secrets.map(secret ->
                        JsonNodeFactory.instance.objectNode().put("id", 1).set(name, secret)));
        return JsonTrees.of(Arbitraries.strings().alpha().ofMaxLength(3), underSecretNames);
    }

    @Provide
    Arbitrary<JsonNode> treesWithoutSecrets() {
        return JsonTrees.of(Arbitraries.of("id", "email", "tokens", "a"), JsonTrees.leaves());
    }
}
