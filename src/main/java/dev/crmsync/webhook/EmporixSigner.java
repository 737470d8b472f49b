package dev.crmsync.webhook;

import java.time.Clock;
import java.util.Map;

/** Signs as Emporix does over its HTTP strategy: base64 HMAC-SHA256 of the body in canonical form. */
public final class EmporixSigner implements Signer {

    private final Hmac key;
    private final Clock clock;

    public EmporixSigner(String secret, Clock clock) {
        this.key = new Hmac(Hmac.SHA_256, secret);
        this.clock = clock;
    }

    /** {@inheritDoc} The body goes out as it is; only what is signed is in canonical form, or as is when no JSON. */
    @Override
    public SignedRequest sign(byte[] body) {
        byte[] signed = CanonicalJson.of(body).orElse(body);
        return new SignedRequest(
                Map.of(
                        "emporix-event-signature", HmacEncoding.BASE64.encode(key.of(signed)),
                        "emporix-event-publish-time", clock.instant().toString()),
                body);
    }
}
