package dev.crmsync.webhook;

import java.util.Map;

/**
 * A request as a sender makes it, but for the address.
 *
 * @param headers names and values; the content type is not among them
 * @param body the bytes that are signed
 */
public record SignedRequest(Map<String, String> headers, byte[] body) {

    public SignedRequest {
        headers = Map.copyOf(headers);
    }
}
