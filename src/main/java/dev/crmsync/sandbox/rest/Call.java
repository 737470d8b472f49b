package dev.crmsync.sandbox.rest;

import dev.crmsync.sandbox.org.Caller;
import dev.crmsync.sandbox.org.Org;
import dev.crmsync.sandbox.org.RowFaults;
import dev.crmsync.sandbox.org.Transaction;
import dev.crmsync.sandbox.org.WriteOptions;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that has been let in.
 *
 * @param version API version without its fraction, such as 62
 * @param number counts requests
 * @param surrounding the transaction of the composite request that it is a part of, if that one saves all or nothing
 */
record Call(
        ApiRequest request,
        Operation operation,
        int version,
        Caller caller,
        long number,
        RowFaults rowFaults,
        Optional<Transaction> surrounding) {

    /** Runs a write in the surrounding transaction, or in one of its own. */
    <T> T write(Org org, Function<Transaction, T> work) {
        if (surrounding.isEmpty()) {
            return org.write(work);
        }
        Transaction transaction = surrounding.get();
        int savepoint = transaction.savepoint();
        boolean done = false;
        try {
            T result = work.apply(transaction);
            done = true;
            return result;
        } finally {
            if (!done) {
                transaction.rollbackTo(savepoint);
            }
        }
    }

    /** What the request says about all its rows. */
    WriteOptions options() {
        return new WriteOptions(
                caller,
                number,
                operation.wireName(),
                request.header("sforce-duplicate-rule-header").contains("allowSave=true"),
                request.parameter("updateOnly").equals("true"),
                rowFaults);
    }

    /** A part of this request as a request of its own. */
    Call part(ApiRequest part, Operation operation, int version, Optional<Transaction> transaction) {
        return new Call(part, operation, version, caller, number, rowFaults, transaction);
    }

    /** The n-th path segment behind the API version, or an empty text. */
    String segment(int n) {
        int index = RestApi.VERSION_SEGMENTS + n;
        return index < request.path().size() ? request.path().get(index) : "";
    }
}
