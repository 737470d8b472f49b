package dev.crmsync.sandbox.org;

/** A request, or one row of it, is refused. Carries no stack trace: it is an answer, not a defect. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ApiError error;

    public ApiException(int status, ApiError error) {
        super(error.code() + ": " + error.message(), null, false, false);
        this.status = status;
        this.error = error;
    }

    public static ApiException of(ErrorCode code, String message, String... fields) {
        return new ApiException(code.status(), ApiError.of(code, message, fields));
    }

    public static ApiException of(ErrorCode code) {
        return of(code, code.text());
    }

    /** The HTTP status when the whole request fails with it. */
    public int status() {
        return status;
    }

    public ApiError error() {
        return error;
    }
}
