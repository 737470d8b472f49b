package dev.crmsync.console;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;

/** Programs that bring a token of the OpenID provider with each request, with the rights of whom it was made for. */
final class BearerTokens {

    private static final String SCHEME = "Bearer ";

    private final OidcSettings settings;
    private final OidcProvider provider;
    private final Clock clock;

    BearerTokens(OidcSettings settings, OidcProvider provider, Clock clock) {
        this.settings = settings;
        this.provider = provider;
        this.clock = clock;
    }

    /** Who asks; empty without a token that holds. For event loops. */
    Future<Optional<Account>> check(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        if (header == null || !header.startsWith(SCHEME)) {
            return Future.succeededFuture(Optional.empty());
        }
        String token = header.substring(SCHEME.length()).strip();
        return provider.read(token)
                .map(known -> known.filter(read -> read.isForUs(settings, clock.instant()))
                        .filter(read -> isAccessToken(JoseHeader.of(token), read))
                        .filter(read -> read.isOfClient(settings))
                        .flatMap(this::account));
    }

    /** Many providers do not mark their access tokens, but all mark the ID tokens of a sign-in here. */
    private static boolean isAccessToken(JoseHeader header, IdToken token) {
        return header.isAccessToken() || header.isOfNoType() && !token.isMarkedAsIdToken();
    }

    private Optional<Account> account(IdToken token) {
        return token.role(settings)
                .map(role -> new Account(new User(token.name(settings.nameClaim()), role), settings.credential()));
    }
}
