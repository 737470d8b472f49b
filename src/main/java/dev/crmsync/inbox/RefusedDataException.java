package dev.crmsync.inbox;

import java.sql.SQLException;

/** The database works but refuses what a statement carries. Trying the same again cannot succeed. */
final class RefusedDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedDataException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
