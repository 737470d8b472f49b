package dev.crmsync.sandbox;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A sandbox that runs for the length of one test. */
final class RunningSandbox implements BeforeEachCallback, AfterEachCallback {
    private final SandboxOptions options;
    private Sandbox sandbox;
    private Client client;

    RunningSandbox() {
        this(SandboxOptions.inMemory());
    }

    RunningSandbox(SandboxOptions options) {
        this.options = options;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        sandbox = Sandbox.start(options);
        client = new Client(sandbox);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        sandbox.close();
    }

    String url() {
        return sandbox.url();
    }

    Client client() {
        return client;
    }

    Client anotherClient() {
        return new Client(sandbox);
    }
}
