package dev.crmsync.webhook;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The verifier of paths that belong to no source: nothing sent there is authentic. */
public final class NothingAuthentic implements Processor {

    @Override
    public void process(Exchange exchange) throws NotAuthenticException {
        throw new NotAuthenticException(NotAuthenticException.Reason.UNKNOWN_PATH, "No source has this path");
    }
}
