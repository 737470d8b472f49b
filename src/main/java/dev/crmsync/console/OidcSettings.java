package dev.crmsync.console;

import java.util.List;
import java.util.Set;

/**
 * Signing in at an OpenID provider.
 *
 * @param issuer the provider's base URL, below which its description is found
 * @param clientSecret null for a public client: PKCE protects both
 * @param redirectUrl where browsers come back, ending in {@value #CALLBACK}; null for {@code localhost}
 * @param nameClaim the claim of the ID token that names the person in the audit
 * @param rolesClaim the claim that holds the roles: its name, or the way to it such as {@code realm_access.roles}
 * @param operatorRoles whoever has one of them is an operator
 * @param viewerRoles whoever has one of them, and is no operator, is a viewer
 * @param apiClients further clients of the provider whose access tokens the API takes
 */
public record OidcSettings(
        String issuer,
        String clientId,
        String clientSecret,
        String redirectUrl,
        List<String> scopes,
        String nameClaim,
        String rolesClaim,
        Set<String> operatorRoles,
        Set<String> viewerRoles,
        Set<String> apiClients) {

    /** Where the provider sends browsers back to. */
    public static final String CALLBACK = "/login/oidc/callback";

    public OidcSettings {
        scopes = List.copyOf(scopes);
        operatorRoles = Set.copyOf(operatorRoles);
        viewerRoles = Set.copyOf(viewerRoles);
        apiClients = Set.copyOf(apiClients);
    }

    /** What all who come from this provider have in common. */
    String credential() {
        return "oidc:" + issuer;
    }
}
