package dev.crmsync.door;

import dev.crmsync.reliability.Sender;
import dev.crmsync.webhook.SvixSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A path that senders post to, and how they sign there. */
enum Scheme {
    PIVOTAL("/webhooks/pivotal") {
        @Override
        Map<String, String> signed(byte[] body) {
            return svix(body);
        }

        @Override
        Map<String, String> forged() {
            return forgedSvix();
        }

        @Override
        String envelope(String id, String filler) {
            return """
                    {"id":"%s","type":"customer.updated","created_at":"2026-09-01T00:00:00Z","org_id":"org_Door",\
                    "livemode":true,"data":{"object":{"id":"%s","name":"Door","filler":%s}}}""".formatted(id, id, filler);
        }
    },
    PLAIN("/webhooks/plain") {
        @Override
        Map<String, String> signed(byte[] body) {
            return Map.of("Plain-Request-Signature", HexFormat.of().formatHex(hmac(body)));
        }

        @Override
        Map<String, String> forged() {
            return Map.of("Plain-Request-Signature", "0".repeat(64));
        }

        @Override
        String envelope(String id, String filler) {
            return """
                    {"id":"%s","type":"customer.customer_updated","timestamp":"2026-09-01T00:00:00Z","workspaceId":"w_Door",\
                    "webhookMetadata":{"webhookDeliveryAttemptTimestamp":"%s"},\
                    "payload":{"eventType":"customer.customer_updated","customer":{"id":"%s","filler":%s}}}""".formatted(id, Clock.systemUTC().instant(), id, filler);
        }
    },
    EMPORIX_SVIX("/webhooks/emporix/customer.created") {
        @Override
        Map<String, String> signed(byte[] body) {
            return svix(body);
        }

        @Override
        Map<String, String> forged() {
            return forgedSvix();
        }

        @Override
        String envelope(String id, String filler) {
            return emporix(id, filler);
        }
    },
    EMPORIX_HTTP("/webhooks/emporix/customer.created") {
        @Override
        Map<String, String> signed(byte[] body) {
            return Map.of(
                    "emporix-event-signature", Base64.getEncoder().encodeToString(hmac(body)),
                    "emporix-event-publish-time", Clock.systemUTC().instant().toString());
        }

        @Override
        Map<String, String> forged() {
            return Map.of(
                    "emporix-event-signature", Base64.getEncoder().encodeToString(new byte[32]),
                    "emporix-event-publish-time", Clock.systemUTC().instant().toString());
        }

        @Override
        String envelope(String id, String filler) {
            return emporix(id, filler);
        }
    };

    /** Of all senders. */
    static final String SECRET = Sender.SECRET;

    private final String path;

    Scheme(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** The headers of an authentic request. */
    abstract Map<String, String> signed(byte[] body);

    /** Headers that look like those of an authentic request. */
    abstract Map<String, String> forged();

    /** A change of a customer, in canonical form but for Plain and Pivotal, with one member more. @param filler JSON */
    abstract String envelope(String id, String filler);

    private static Map<String, String> svix(byte[] body) {
        return new SvixSigner(SECRET, Clock.systemUTC()).sign(body).headers();
    }

    private static Map<String, String> forgedSvix() {
        return Map.of(
                "svix-id",
                "msg_forged",
                "svix-timestamp",
                String.valueOf(Clock.systemUTC().instant().getEpochSecond()),
                "svix-signature",
                "v1," + Base64.getEncoder().encodeToString(new byte[32]));
    }

    private static String emporix(String id, String filler) {
        return """
                {"contactEmail":"door@example.com","customerNumber":"%s","filler":%s,"id":"%s","tenant":"door"}""".formatted(id, filler, id);
    }

    private static byte[] hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java runtime", e);
        }
    }
}
