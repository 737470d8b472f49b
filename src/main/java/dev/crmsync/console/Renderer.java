package dev.crmsync.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/** Makes pages of templates, which were compiled with the application. */
final class Renderer {

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    /** Answers with a page; the template gets {@code page} and the model. */
    void render(RoutingContext request, String template, String title, String active, Map<String, Object> model) {
        UserSession session = Access.current(request);
        Page page = session == null
                ? new Page(title, active, null, "", null)
                : new Page(title, active, session.user(), session.csrf(), Notices.take(request));
        Map<String, Object> parameters = new HashMap<>(model);
        parameters.put("page", page);
        StringOutput html = new StringOutput();
        templates.render(template + ".jte", parameters, html);
        request.response().putHeader("Content-Type", "text/html; charset=utf-8").end(html.toString());
    }
}
