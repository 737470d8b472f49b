package dev.crmsync.sandbox.control;

/** A page in the making. Whatever is given as text or attribute value is escaped. */
final class Html {
    static final String TYPE = "text/html;charset=UTF-8";

    private static final int REFRESH_SECONDS = 3;
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6876; --line: #dde3e9; --paper: #fbfcfd; --link: #0b5cab; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #dfe6ee; --soft: #93a1b0; --line: #2c3743; --paper: #12171d; --link: #7db8f5; } }
            body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
              font: 16px/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
            a { color: var(--link); } p { color: var(--soft); } small { color: var(--soft); display: block; font-weight: normal; }
            .count { margin-left: .5rem; color: var(--soft); font-weight: normal; } .wide { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; font-size: .9rem; }
            th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
            thead th { color: var(--soft); font-weight: 600; }
            """;

    private final String title;
    private final StringBuilder body = new StringBuilder();
    private boolean refreshing;

    Html(String title) {
        this.title = title;
    }

    /** Lets the browser fetch the page again every few seconds. */
    Html refreshing() {
        refreshing = true;
        return this;
    }

    /** A link to the first page. */
    Html back() {
        return open("p").link("/", "All records").close("p");
    }

    /** An opening tag, with attributes that the program itself chose. */
    Html open(String tag) {
        body.append('<').append(tag).append('>');
        return this;
    }

    Html close(String tag) {
        body.append("</").append(tag).append('>');
        return this;
    }

    Html text(String text) {
        body.append(escaped(text));
        return this;
    }

    /** An element that holds only text. */
    Html element(String tag, String text) {
        return open(tag).text(text).close(tag);
    }

    Html link(String url, String text) {
        body.append("<a href=\"").append(escaped(url)).append("\">");
        return text(text).close("a");
    }

    @Override
    public String toString() {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + (refreshing ? "<meta http-equiv=\"refresh\" content=\"" + REFRESH_SECONDS + "\">" : "")
                + "<title>" + escaped(title) + "</title><style>" + STYLE + "</style></head><body><main><h1>"
                + escaped(title) + "</h1>" + body + "</main></body></html>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
