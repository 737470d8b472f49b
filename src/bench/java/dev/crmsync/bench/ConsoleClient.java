package dev.crmsync.bench;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.crmsync.reliability.JarProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An operator who has signed in, without a browser. */
final class ConsoleClient {

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = JarProcess.freePort();
    private final Path users;
    private String cookie = "";

    ConsoleClient(Path folder) throws IOException {
        String hash = BCrypt.withDefaults().hashToString(4, "bench".toCharArray());
        users = Files.write(folder.resolve("users"), List.of("ann:operator:" + hash));
    }

    /** What the application is started with, so that this client can use its console. */
    String[] settings() {
        return new String[] {"crm.console.port=" + port, "crm.console.users-file=" + users, "crm.console.behind-tls=false"};
    }

    void signIn() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("name=ann&password=bench"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        cookie = answer.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
    }

    /** The whole page. */
    String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** Milliseconds until the whole page was there, or until its first byte was. */
    double millis(String path, boolean firstByteOnly) throws IOException, InterruptedException {
        long start = System.nanoTime();
        if (!firstByteOnly) {
            page(path);
            return (System.nanoTime() - start) / 1e6;
        }
        HttpResponse<InputStream> answer =
                http.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            body.read();
            return (System.nanoTime() - start) / 1e6;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Cookie", cookie);
    }
}
