package dev.crmsync.console;

import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/** Signing in and out. */
final class SignInPages {

    private final Access access;
    private final Renderer renderer;

    SignInPages(Access access, Renderer renderer) {
        this.access = access;
        this.renderer = renderer;
    }

    void show(RoutingContext request) {
        show(request, null);
    }

    private void show(RoutingContext request, String problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("problem", problem);
        renderer.render(request, "login", "Sign in", "", model);
    }

    void signIn(RoutingContext request) {
        String name = request.request().getFormAttribute("name");
        String password = request.request().getFormAttribute("password");
        try {
            if (name != null && password != null && access.signIn(request, name, password)) {
                request.response().setStatusCode(303).putHeader("Location", "/").end();
                return;
            }
            request.response().setStatusCode(401);
            show(request, "Name or password is wrong.");
        } catch (ConsoleException tooMany) {
            request.response().setStatusCode(tooMany.status());
            show(request, tooMany.getMessage());
        }
    }

    void signOut(RoutingContext request) {
        access.signOut(request);
        request.response().setStatusCode(303).putHeader("Location", "/login").end();
    }
}
