package dev.crmsync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of another site, open in a browser on the same machine, gets nowhere in the sandbox. */
class ForeignSiteTest {

    private static final String JSON = "Content-Type: application/json";

    @RegisterExtension
    final RunningSandbox sandbox = new RunningSandbox();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | Sec-Fetch-Site: cross-site         | 403
            POST   | Sec-Fetch-Site: same-site          | 403
            POST   | Origin: https://evil.example       | 403
            POST   | Origin: null                       | 403
            POST   | Origin: http://localhost:1         | 403
            DELETE | Sec-Fetch-Site: cross-site         | 403
            GET    | Sec-Fetch-Site: cross-site         | 403
            POST   | Sec-Fetch-Site: same-origin        | 201
            POST   | Sec-Fetch-Site: none               | 201
            POST   | Origin: http://localhost           | 201
            """)
    void theControlApiKnowsWhoMadeABrowserAsk(String method, String header, int status) throws IOException {
        assertThat(status(method, "/sandbox/faults", "localhost", header, JSON)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "json"
            })
    void aFormOfAnotherSiteSetsNoFault(String type) throws IOException {
        assertThat(status("POST", "/sandbox/faults", "localhost", "Content-Type: " + type))
                .isEqualTo(415);
        assertThat(sandbox.client().control("GET", "/faults", "").json()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example:8082", "[evil]"
            })
    void aNameThatSomebodyPointsHereIsRefusedEverywhere(String host) throws IOException {
        for (String path : new String[] {"/", "/sandbox", "/services/data", "/records/Account"}) {
            assertThat(status("GET", path, host)).as(path).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8082",
                "LOCALHOST",
                "org.localhost",
                "127.0.0.1",
                "[::1]:80",
                "10.1.2.3",
                "sandbox"
            })
    void itsOwnNamesAreAnswered(String host) throws IOException {
        assertThat(status("GET", "/sandbox", host)).isEqualTo(200);
    }

    private int status(String method, String path, String host, String... headers) throws IOException {
        String body = method.equals("POST") ? "{\"kind\": \"empty\"}" : "";
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + String.join("\r\n", headers)
                + (headers.length == 0 ? "" : "\r\n") + "Content-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
        try (Socket socket = new Socket("127.0.0.1", URI.create(sandbox.url()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }
}
