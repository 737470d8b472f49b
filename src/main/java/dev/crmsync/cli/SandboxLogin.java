package dev.crmsync.cli;

import dev.crmsync.salesforce.SalesforceSettings;

/** How to log in at the sandbox, which takes any client. */
final class SandboxLogin {

    private SandboxLogin() {}

    static SalesforceSettings to(String url) {
        return new SalesforceSettings(
                url,
                "sandbox",
                "sandbox",
                null,
                null,
                null,
                null,
                SalesforceSettings.DEFAULT_API_VERSION,
                SalesforceSettings.DEFAULT_REQUEST_TIMEOUT);
    }
}
