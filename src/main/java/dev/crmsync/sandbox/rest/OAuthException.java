package dev.crmsync.sandbox.rest;

/** A login that is refused, with the code and description of OAuth. */
final class OAuthException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    OAuthException(String code, String description) {
        super(description, null, false, false);
        this.code = code;
    }

    ApiResponse response() {
        return ApiResponse.json(400, Json.object().put("error", code).put("error_description", getMessage()));
    }
}
