package dev.crmsync.cli;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An application with a console, spoken to in bytes from any loopback address, without a browser. */
final class TestConsole implements AutoCloseable {

    static final String PASSWORD = "a-test-password";

    private final TestApplication application;
    private final String url;

    private TestConsole(TestApplication application) {
        this.application = application;
        this.url = application.application().addresses().console();
    }

    /** @param users as {@code name:role} */
    static TestConsole start(Path data, String... users) throws IOException {
        return start(data, Map.of(), users);
    }

    static TestConsole start(Path data, Map<String, String> more, String... users) throws IOException {
        String hash = BCrypt.withDefaults().hashToString(4, PASSWORD.toCharArray());
        List<String> lines = new ArrayList<>();
        for (String user : users) {
            lines.add(user + ":" + hash);
        }
        Path file = Files.write(data.resolve("users"), lines);
        Map<String, String> settings = new HashMap<>(more);
        settings.put("crm.console.users-file", file.toString());
        return new TestConsole(TestApplication.start(data, settings));
    }

    TestApplication application() {
        return application;
    }

    /** A connection from that address. */
    RawHttp connect(String from) throws IOException {
        return new RawHttp(url, from);
    }

    RawHttp connect() throws IOException {
        return new RawHttp(url);
    }

    /** Signs in from that address. */
    RawHttp.Answer signIn(String from, String name, String password, String cookies) throws IOException {
        return post(from, "/login", "name=" + encoded(name) + "&password=" + encoded(password), "Cookie: " + cookies);
    }

    RawHttp.Answer post(String from, String path, String form, String header) throws IOException {
        try (RawHttp connection = connect(from)) {
            connection.send(head(path, form.length(), header) + form);
            return connection.answer();
        }
    }

    RawHttp.Answer get(String path, String header) throws IOException {
        try (RawHttp connection = connect()) {
            connection.send(
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n");
            return connection.answer();
        }
    }

    /** The head of a form that is posted. */
    static String head(String path, long length, String header) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + length + "\r\n" + header
                + "\r\n\r\n";
    }

    /** The cookie that an answer set, as {@code name=value}. */
    static String cookie(RawHttp.Answer answer, String name) {
        return answer.headers().stream()
                .filter(line -> line.toLowerCase().startsWith("set-cookie: " + name + "="))
                .map(line -> line.replaceFirst("(?i)set-cookie: ", "").replaceFirst(";.*", ""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No cookie " + name + " in " + answer.headers()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        application.close();
    }
}
