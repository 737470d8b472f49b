package dev.crmsync.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crmsync.event.Event;
import dev.crmsync.event.ExchangeProperties;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.Exchange;

/**
 * Signed requests of every scheme, changed at random: what is accepted says what was signed, and is the same event;
 * and what is signed, whatever it is, ends as an event.
 *
 * <p>{@code -Dfuzz.mutations} says how many in all.
 */
class ForgedRequestsTest {

    private static final int TRIES = 10;
    private static final int AT_A_TIME = Integer.getInteger("fuzz.mutations", 20_000) / TRIES;
    private static final int SIGNED_EVERY = 5;
    private static final long MOST_HEAP_KEPT = 16 << 20;
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String SVIX_SECRET = "whsec_ZW1wb3JpeCBzZWNyZXQgb2YgMjQgYnl0ZXM=";
    private static final String SECRET = "secret";
    private static final byte[] CUSTOMER = Utf8.bytes("""
            {"tenant": "acme", "customerNumber": "138", "id": "138", "firstName": "Zo\\u00eb \\ud83d\\ude00", "lastName": "Döe\\/",
             "contactEmail": "john@acme.example", "metadata": {"version": 2, "mixins": {}, "a": [{}, [], {"b": null, "a": true}]},
             "credit": 10.50, "limits": [0, -1, 0.000001, 1e21, 9007199254740992], "updatedBy": "employee-42"}
            """);
    private static final byte[] TIMELINE = Utf8.bytes("""
            {"id": "evt_1", "type": "customer.updated", "workspaceId": "w_1", "timestamp": "2026-05-26T14:00:00.000Z",
             "payload": {"eventType": "customer.updated", "customer": {"id": "c_1", "fullName": "Zoë", "score": 1.5}}}
            """);
    private static final byte[] ORGANISATION = Utf8.bytes("""
            {"id": "evt_1", "type": "customer.updated", "org_id": "org_1", "livemode": true, "created_at": "2026-05-26T14:00:00Z",
             "data": {"object": {"id": "cus_1", "name": "Acmé", "seats": 12, "rate": 0.25, "tags": ["a", {"b": []}]}}}
            """);

    /** Reads every number as the decimal that it is. */
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static Receiver pivotal;
    private static Receiver plain;
    private static Receiver emporix;

    @BeforeContainer
    static void start() throws Exception {
        pivotal = Receiver.of("pivotal", Map.of("crm.pivotal.signing-secrets", SVIX_SECRET), CLOCK);
        plain = Receiver.of("plain", Map.of("crm.plain.signing-secrets", SECRET), CLOCK);
        emporix = Receiver.of("emporix", Map.of("crm.emporix.signing-secrets", SVIX_SECRET + "," + SECRET), CLOCK);
    }

    @AfterContainer
    static void stop() {
        List.of(pivotal, plain, emporix).forEach(Receiver::close);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void nothingIsAcceptedThatNobodySigned(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Mutations mutations = new Mutations(random);
        List<Scheme> schemes = List.of(
                new Scheme(pivotal, new SvixSigner(SVIX_SECRET, CLOCK), ORGANISATION),
                new Scheme(plain, new PlainSigner(SECRET, CLOCK), TIMELINE),
                new Scheme(emporix, new SvixSigner(SVIX_SECRET, CLOCK), CUSTOMER),
                new Scheme(emporix, new EmporixSigner(SECRET, CLOCK), CUSTOMER),
                new Scheme(emporix, ForgedRequestsTest::signedAsItIs, CUSTOMER));
        long before = heapInUse();
        int accepted = 0;
        for (int i = 0; i < AT_A_TIME; i++) {
            Scheme scheme = schemes.get(random.nextInt(schemes.size()));
            accepted += scheme.forged(mutations, random) ? 1 : 0;
            if (i % SIGNED_EVERY == 0) {
                scheme.signed(mutations);
            }
        }
        assertThat(accepted).as("changes that change nothing").isPositive().isLessThan(AT_A_TIME / 2);
        assertThat(heapInUse() - before).as("heap kept").isLessThan(MOST_HEAP_KEPT);
    }

    private static SignedRequest signedAsItIs(byte[] body) {
        return new SignedRequest(
                Map.of("emporix-event-signature", HmacEncoding.BASE64.encode(new Hmac(Hmac.SHA_256, SECRET).of(body))),
                body);
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** One way to sign, and a request that is signed so. */
    private static final class Scheme {

        private final Receiver receiver;
        private final Signer signer;
        private final SignedRequest request;
        private final Set<String> ids;

        Scheme(Receiver receiver, Signer signer, byte[] body) {
            this.receiver = receiver;
            this.signer = signer;
            this.request = signer.sign(body);
            Event event = receiver.at("/webhooks/x/customer.updated").event(request);
            assertThat(event.unreadable()).isNull();
            String id = event.id().value();
            String delivery = request.headers().getOrDefault(SvixVerifier.ID, Sha256.hex(request.body()));
            this.ids = Set.of(id, "unreadable:" + (id.startsWith("evt_") ? delivery : id));
        }

        /** Whether it is accepted; it must be the same then. */
        boolean forged(Mutations mutations, Random random) throws IOException {
            int changed = random.nextInt(1, 8);
            byte[] body = (changed & 1) == 0 ? request.body() : mutations.body(request.body());
            Map<String, ?> headers = (changed & 2) == 0 ? request.headers() : mutations.headers(request.headers());
            String path = (changed & 4) == 0 ? "customer.updated" : mutations.path();
            Exchange exchange = receive(path, headers, body);
            if (exchange.getException() != null) {
                return false;
            }
            Event event = exchange.getProperty(ExchangeProperties.EVENT, Event.class);
            assertThat(event.id().value()).isIn(ids);
            if (!Arrays.equals(body, request.body())) {
                assertThat(headers.get("emporix-event-signature")).isNotNull();
                assertThat(CanonicalJson.of(body).orElseThrow())
                        .isEqualTo(CanonicalJson.of(request.body()).orElseThrow());
                assertThat(EXACT.readTree(body).equals(ForgedRequestsTest::compare, EXACT.readTree(request.body())))
                        .isTrue();
            }
            return true;
        }

        /** An authentic body is never an error. */
        void signed(Mutations mutations) {
            byte[] body = mutations.body(request.body());
            if (Utf8.strict(body) != null) {
                SignedRequest changed = signer.sign(body);
                receive("customer.updated", changed.headers(), changed.body());
            }
        }

        private Exchange receive(String path, Map<String, ?> headers, byte[] body) {
            Exchange exchange = receiver.at("/webhooks/x/" + path).receive(headers, body);
            if (exchange.getException() != null) {
                assertThat(exchange.getException()).isInstanceOf(NotAuthenticException.class);
            }
            return exchange;
        }
    }

    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }
}
