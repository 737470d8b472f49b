package dev.crmsync.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Requests of 900 bytes each, as Pivotal sends them, that differ in event, customer and time. They are signed beforehand,
 * as Svix does; of each only the signature is kept, and the rest is rendered again when it is sent.
 */
final class PivotalRequests {

    private static final int CUSTOMERS = 1_000;
    private static final String BODY = """
            {"id":"evt_RRRRNNNNNNNNNN","type":"customer.updated","created_at":"2026-09-01TTT:TT:TT.TTTZ","org_id":"org_Bench",\
            "livemode":true,"api_version":"v1","data":{"object":{"id":"cus_CCCCCC","object":"customer","display_id":4711,\
            "name":"Customer of a benchmark","health_score":71,"previous_health_score":84,"at_risk":false,"churned":false,\
            "archived":false,"owner_email":"owner@vendor.example","owner_id":"usr_5HdKq2mZ","segment":"mid-market",\
            "arr_cents":4800000,"currency":"EUR","renewal_date":"2027-03-01","created_at":"2024-02-11T09:30:00.000Z",\
            "tags":["beta","reference","emea"],"custom_fields":{"industry":"manufacturing","employees":420,"plan":"growth"},\
            "notes":"NOTES"}}}""";

    private static final int LENGTH = 900;
    private static final String HEAD = "POST /webhooks/pivotal HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nsvix-id: msg_RRRRNNNNNNNNNN\r\nsvix-timestamp: SSSSSSSSSS\r\n"
            + "svix-signature: v1,GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG\r\nContent-Length: " + LENGTH + "\r\n\r\n";
    private static final int SIGNED_TOGETHER = 5_000;

    private final byte[] template;
    private final int message;
    private final int signedAt;
    private final int signature;
    private final int body;
    private final int event;
    private final int change;
    private final int customer;
    private final Mac mac;
    private final List<Batch> batches = new ArrayList<>();

    private record Batch(byte[] signedAt, byte[][] signatures) {}

    /**
     * None is signed yet.
     *
     * @param run four characters that distinguish these events from others
     * @param secret as Svix gives it out
     */
    PivotalRequests(String run, String secret) {
        String text = BODY.replace("NOTES", "n".repeat(LENGTH - BODY.length() + "NOTES".length()));
        String request = (HEAD + text).replace("RRRR", run);
        template = request.getBytes(StandardCharsets.US_ASCII);
        message = request.indexOf("msg_");
        signedAt = request.indexOf("SSSSSSSSSS");
        signature = request.indexOf("GGGG");
        body = HEAD.length();
        event = request.indexOf("NNNNNNNNNN", body);
        change = request.indexOf("TT:TT:TT");
        customer = request.indexOf("CCCCCC");
        mac = mac(secret);
    }

    /** What the signatures are made with. */
    static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java runtime", e);
        }
    }

    /** Signs that many more at least; the signatures hold for five minutes. */
    void sign(int more) {
        for (int signed = 0; signed < more; signed += SIGNED_TOGETHER) {
            byte[] now = String.valueOf(System.currentTimeMillis() / 1000).getBytes(StandardCharsets.US_ASCII);
            byte[][] signatures = new byte[SIGNED_TOGETHER][];
            for (int i = 0; i < SIGNED_TOGETHER; i++) {
                render(signed() + i, now);
                mac.update(template, message, "msg_RRRRNNNNNNNNNN".length());
                mac.update((byte) '.');
                mac.update(now);
                mac.update((byte) '.');
                mac.update(template, body, LENGTH);
                signatures[i] = Base64.getEncoder().encode(mac.doFinal());
            }
            batches.add(new Batch(now, signatures));
        }
    }

    int signed() {
        return batches.size() * SIGNED_TOGETHER;
    }

    /** Writes one of those that are signed. @param number from 0 */
    void write(int number, ByteBuffer to) {
        Batch batch = batches.get(number / SIGNED_TOGETHER);
        render(number, batch.signedAt());
        byte[] signed = batch.signatures()[number % SIGNED_TOGETHER];
        System.arraycopy(signed, 0, template, signature, signed.length);
        to.put(template);
    }

    private void render(int number, byte[] now) {
        digits(number, message + "msg_RRRR".length(), 10);
        System.arraycopy(now, 0, template, signedAt, now.length);
        digits(number, event, 10);
        digits(number % CUSTOMERS, customer, 6);
        digits(number / 3_600_000, change, 2);
        digits(number / 60_000 % 60, change + 3, 2);
        digits(number / 1_000 % 60, change + 6, 2);
        digits(number % 1_000, change + 9, 3);
    }

    private void digits(int number, int at, int count) {
        int rest = number;
        for (int i = at + count - 1; i >= at; i--) {
            template[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
