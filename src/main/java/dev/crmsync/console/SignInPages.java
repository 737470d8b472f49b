package dev.crmsync.console;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Signing in with a password, and out. */
final class SignInPages {

    private final Access access;
    private final Renderer renderer;
    private final boolean hasPasswords;
    private final OidcProvider provider;

    /**
     * @param hasPasswords whether anybody has one here
     * @param provider where else people sign in, or null
     */
    SignInPages(Access access, Renderer renderer, boolean hasPasswords, OidcProvider provider) {
        this.access = access;
        this.renderer = renderer;
        this.hasPasswords = hasPasswords;
        this.provider = provider;
    }

    void mount(Router router, Bodies bodies) {
        router.get("/login").handler(this::show);
        router.post("/login").handler(bodies.upTo(Bodies.LARGEST_SIGN_IN)).handler(this::signIn);
    }

    private void show(RoutingContext request) {
        show(request, null);
    }

    /** The sign-in page, which says what went wrong. */
    void show(RoutingContext request, String problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("problem", problem);
        model.put("hasPasswords", hasPasswords);
        model.put("hasProvider", provider != null);
        renderer.render(request, "login", "Sign in", "", model);
    }

    private void signIn(RoutingContext request) {
        String name = request.request().getFormAttribute("name");
        String password = request.request().getFormAttribute("password");
        if (name == null || password == null) {
            throw wrong();
        }
        access.signIn(request, name, password)
                .onSuccess(isIn -> {
                    if (isIn) {
                        request.response()
                                .setStatusCode(303)
                                .putHeader("Location", "/")
                                .end();
                    } else {
                        request.fail(wrong());
                    }
                })
                .onFailure(request::fail);
    }

    private static ConsoleException wrong() {
        return new ConsoleException(401, "Name or password is wrong.");
    }

    /** Whoever came from the identity provider is sent on to sign out there too. */
    void signOut(RoutingContext request) {
        Account account = Access.current(request).account();
        access.signOut(request);
        Optional<String> there = provider == null ? Optional.empty() : provider.signOutUrl(account);
        if (there.isPresent()) {
            renderer.render(request, "onward", "Signed out", "", Map.of("target", there.get()));
        } else {
            request.response()
                    .setStatusCode(303)
                    .putHeader("Location", "/login")
                    .end();
        }
    }
}
