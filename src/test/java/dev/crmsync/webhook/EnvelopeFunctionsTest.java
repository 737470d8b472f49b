package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an envelope of any source can say. */
class EnvelopeFunctionsTest {

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void bind() {
        EnvelopeFunctions.all().forEach(context.getRegistry()::bind);
    }

    /** The id was made at 2023-02-13T18:19:42.800Z, which is 1676312382.8 s. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj" | "1676312382"  | 2023-02-13T18:19:42.800Z
            "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj" | 1676312382    | 2023-02-13T18:19:42.800Z
            "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj" | "1676412000"  | 2023-02-13T18:19:42.800Z
            "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj" | "1676312323"  | 2023-02-13T18:19:42.800Z
            "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj" | "1676312322"  | 2023-02-13T18:18:42.000Z
            "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj" | "1684261182"  | 2023-02-13T18:19:42.800Z
            "msg_2Lh9KRb0pzN4LePd3XiA4v12Axj" | "1684261183"  | 2023-05-16T18:19:43.000Z
            "evt_1"                           | "1676312382"  | 2023-02-13T18:19:42.000Z
            null                              | "1676312382"  | 2023-02-13T18:19:42.000Z
            17                                | "1676312382"  | 2023-02-13T18:19:42.000Z
            """)
    void tellsWhenAMessageWasCreated(String id, String attempt, String created) {
        assertThat(createdAt(id, attempt).textValue()).isEqualTo(created);
    }

    @Test
    void tellsNothingWithoutAnAttempt() {
        assertThat(createdAt("\"msg_2Lh9KRb0pzN4LePd3XiA4v12Axj\"", "null")).isIn(null, NullNode.getInstance());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\"", "\"yesterday\"", "1.5", "true", "{}", "\"99999999999999999999\"", "9223372036854775807"})
    void refusesATimeOfAnAttemptThatIsNone(String attempt) {
        assertThatThrownBy(() -> createdAt("\"msg_1\"", attempt))
                .hasStackTraceContaining("The time of the attempt must be whole seconds since 1970");
    }

    private JsonNode createdAt(String id, String attempt) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(NullNode.getInstance());
        return context.resolveLanguage("jq")
                .createExpression("message_created_at(" + id + "; " + attempt + ")")
                .evaluate(exchange, JsonNode.class);
    }
}
