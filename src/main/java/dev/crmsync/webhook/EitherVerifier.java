package dev.crmsync.webhook;

import java.util.Map;
import org.apache.camel.support.service.ServiceHelper;

/**
 * For a source that signs in one of two ways, as its own configuration says: the first verifier takes the requests that
 * bear its signature header, the second all others. There is no second try: a request that the first refuses is
 * refused.
 */
public final class EitherVerifier extends Verifier {

    private Verifier first;
    private Verifier second;

    public void setFirst(Verifier first) {
        this.first = first;
    }

    public void setSecond(Verifier second) {
        this.second = second;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (first == null || second == null) {
            throw new IllegalArgumentException(
                    "EitherVerifier needs two verifiers: set its properties first and second to #bean:<name>");
        }
        ServiceHelper.initService(first, second);
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(first, second);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(first, second);
    }

    @Override
    boolean isSigned(WebhookRequest request) {
        return first.isSigned(request) || second.isSigned(request);
    }

    @Override
    Map<String, String> verify(WebhookRequest request) throws NotAuthenticException {
        return (first.isSigned(request) ? first : second).passing(request);
    }
}
