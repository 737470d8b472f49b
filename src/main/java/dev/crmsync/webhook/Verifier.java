package dev.crmsync.webhook;

import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The first step of every receiving route: lets a request pass when its signature holds over the raw bytes, and
 * throws {@link NotAuthenticException} otherwise. A content type that is not JSON is refused after that, with
 * {@link NotJsonException}.
 *
 * <p>What passes is the body, as {@code byte[]}, and the headers on an allow-list; every other header, and with them
 * every query parameter, is gone. Camel components take instructions from headers (CVE-2026-49099 lets a client choose
 * the Salesforce object that way), so nothing that a client can name freely may go on. Of a refused request nothing is
 * left at all.
 */
public abstract class Verifier extends ServiceSupport implements Processor, CamelContextAware {

    /** The header in which the event type goes on when it came in the path: lower case. */
    public static final String EVENT_TYPE = "event-type";

    private static final Pattern PLAIN_VALUE = Pattern.compile("[ -~]{1,256}");

    private CamelContext camelContext;
    private Clock clock;
    private String source;
    private String secrets;
    private boolean typeInPath;
    private List<String> ownSecretFor = List.of();
    private List<String> headers = List.of();

    /** Whether the request is signed by this scheme at all, as far as its headers tell. */
    abstract boolean isSigned(WebhookRequest request);

    /**
     * Checks the signature.
     *
     * @return the headers that the scheme vouches for or defines, to go on with the message
     */
    abstract Map<String, String> verify(WebhookRequest request) throws NotAuthenticException;

    /**
     * Takes over secrets that have changed, from the next request on. What cannot be used changes nothing.
     *
     * @param values the settings as they are now, by name; other than secrets, too
     * @param names of those that have changed; one without a value is gone
     */
    public void secretsChanged(Properties values, Set<String> names) {}

    @Override
    public final void process(Exchange exchange) throws NotAuthenticException, NotJsonException {
        Message message = exchange.getMessage();
        WebhookRequest request = new WebhookRequest(message);
        forget(exchange);
        Map<String, String> passed = passing(request);
        checkJson(request);
        message.setBody(request.body());
        message.getHeaders().putAll(passed);
    }

    /** Checks the request and says which headers go on. */
    final Map<String, String> passing(WebhookRequest request) throws NotAuthenticException {
        Map<String, String> verified = verify(request);
        Map<String, String> passed = new LinkedHashMap<>();
        for (String header : headers) {
            List<String> lines = request.lines(header);
            if (lines.size() == 1 && PLAIN_VALUE.matcher(lines.get(0)).matches()) {
                passed.put(header, lines.get(0));
            }
        }
        passed.putAll(verified);
        return passed;
    }

    private static void checkJson(WebhookRequest request) throws NotJsonException {
        for (String type : request.lines(Exchange.CONTENT_TYPE)) {
            if (!type.toLowerCase(Locale.ROOT).contains("json")) {
                throw new NotJsonException();
            }
        }
    }

    private static void forget(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(null);
        // set from the request's content type: it would decide how later steps decode the body
        exchange.removeProperty(ExchangePropertyKey.CHARSET_NAME);
    }

    /** The event type that the path names, or null when the path names none. */
    final String eventType(WebhookRequest request) throws NotAuthenticException {
        if (!typeInPath) {
            return null;
        }
        String type = request.eventTypeInPath();
        // Names of secrets are compared without punctuation: a look-alike must not pass with the secret of the real
        // one.
        if (ownSecretFor.stream()
                .anyMatch(own -> !own.equalsIgnoreCase(type) && SigningSecrets.isSameSetting(own, type))) {
            throw new NotAuthenticException(
                    NotAuthenticException.Reason.MALFORMED, "The path names an event type that nearly is another");
        }
        return type;
    }

    final String required(String name, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "Property '" + name + "' of " + getClass().getSimpleName()
                            + (source == null ? "" : " for '" + source + "'") + " is missing: set it on the bean");
        }
        return value;
    }

    /** The sender's name, such as {@code pivotal}. */
    public final void setSource(String source) {
        this.source = source;
    }

    final String source() {
        return required("source", source);
    }

    /** The name of the setting that holds the secrets, such as {@code crm.pivotal.signing-secrets}; not a secret. */
    public final void setSecrets(String setting) {
        this.secrets = setting;
    }

    final String secrets() {
        return required("secrets", secrets);
    }

    /**
     * Whether the last path segment is the event type. It then goes on as header {@value #EVENT_TYPE}, and may have
     * secrets of its own, in the setting {@code <secrets>.<event type>}.
     */
    public final void setTypeInPath(boolean typeInPath) {
        this.typeInPath = typeInPath;
    }

    final boolean isTypeInPath() {
        return typeInPath;
    }

    /**
     * Event types that change data, comma-separated: production does not start unless each of them has secrets in
     * {@code <secrets>.<event type>} that no other type has, so that what is signed for one cannot be posted as another.
     */
    public final void setOwnSecretFor(String types) {
        this.ownSecretFor = list(types);
    }

    /**
     * Further headers that may go on, comma-separated. They are not signed: use them for ids and times that only help.
     * Repeated ones, and ones that are not 1 to 256 printable ASCII characters, do not pass.
     */
    public final void setHeaders(String names) {
        this.headers = list(names);
    }

    private static List<String> list(String names) {
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The clock, by default the one in the registry, else the system's. */
    public final void setClock(Clock clock) {
        this.clock = clock;
    }

    final Clock clock() {
        return clock;
    }

    @Override
    protected void doInit() throws Exception {
        if (clock == null) {
            clock = Clocks.of(camelContext);
        }
        if (!ownSecretFor.isEmpty() && !typeInPath) {
            throw new IllegalArgumentException(
                    "Property 'ownSecretFor' of " + getClass().getSimpleName() + " for '" + source
                            + "' needs the event type in the path: set typeInPath to true");
        }
    }

    @Override
    public final void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public final CamelContext getCamelContext() {
        return camelContext;
    }
}
