package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing secrets are rotated in mounted files, while the application runs. */
class RotationTest {

    private static final String PIVOTAL = "crm.pivotal.signing-secrets";
    private static final String NEW = "whsec_bmV3IG5ldyBuZXcgbmV3IG5ldyBuZXcgbmV3";
    private static final String PLAIN = "crm.plain.signing-secrets";

    @TempDir
    Path data;

    @TempDir
    Path mounted;

    private final Map<String, String> files = new HashMap<>();
    private CapturedLog log;
    private Application application;

    @BeforeEach
    void start() throws IOException {
        TestApplication.settings(data).forEach((name, value) -> files.put(name, value + "\n"));
        MountedFiles.mount(mounted, files);
        System.setProperty("camel.main.cloud-properties-location", mounted.toString());
        log = new CapturedLog();
        application = new Application(Map.of());
        application.start();
    }

    @AfterEach
    void stop() {
        System.clearProperty("camel.main.cloud-properties-location");
        application.close();
        log.close();
    }

    @Test
    void aNewSecretHoldsWithoutARestartAndTheCountsTellWhenTheOldOneIsDone() throws Exception {
        assertThat(matches(1)).isZero();
        assertThat(pivotal(TestSender.PIVOTAL_SECRET)).isEqualTo(202);
        assertThat(pivotal(NEW)).isEqualTo(401);
        assertThat(matches(1)).isEqualTo(1);

        rotate(PIVOTAL, NEW + "," + TestSender.PIVOTAL_SECRET);
        awaitLog("Signing secrets of 'pivotal' have changed: " + PIVOTAL + " holds 2 now");

        assertThat(matches(2)).isZero();
        assertThat(pivotal(NEW)).isEqualTo(202);
        assertThat(pivotal(TestSender.PIVOTAL_SECRET)).isEqualTo(202);
        assertThat(matches(1)).isEqualTo(2);
        assertThat(matches(2)).isEqualTo(1);

        rotate(PIVOTAL, NEW);
        awaitLog(PIVOTAL + " holds 1 now");
        assertThat(pivotal(TestSender.PIVOTAL_SECRET)).isEqualTo(401);
        assertThat(log.text()).doesNotContain(NEW, TestSender.PIVOTAL_SECRET);
    }

    @Test
    void whatCannotBeUsedLeavesTheSecretsAsTheyWere() throws Exception {
        rotate(PIVOTAL, "");
        awaitLog("Signing secret for 'pivotal' is gone: set " + PIVOTAL + " again");
        assertThat(pivotal(TestSender.PIVOTAL_SECRET)).isEqualTo(202);

        rotate(PIVOTAL, "whsec_Kn0wn!S3cret");
        awaitLog("Signing secret for 'pivotal' is not usable: it must be whsec_ and base64: correct " + PIVOTAL);
        assertThat(pivotal(TestSender.PIVOTAL_SECRET)).isEqualTo(202);

        files.remove(PLAIN);
        rotate(PIVOTAL, NEW);
        awaitLog("Signing secret for 'plain' is gone: set " + PLAIN + " again");
        awaitLog(PIVOTAL + " holds 1 now");
        assertThat(pivotal(NEW)).isEqualTo(202);
        assertThat(log.text()).doesNotContain("Kn0wn");
    }

    private void rotate(String setting, String value) throws IOException {
        files.put(setting, value + "\n");
        MountedFiles.swap(mounted, files);
    }

    private void awaitLog(String text) {
        await().atMost(Duration.ofSeconds(30)).until(log::text, logged -> logged.contains(text));
    }

    private int pivotal(String secret) throws Exception {
        byte[] body = PivotalEvent.of("rotated");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(application.addresses().webhooks() + "/webhooks/pivotal"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        new dev.crmsync.webhook.SvixSigner(secret, Clock.systemUTC())
                .sign(body)
                .headers()
                .forEach(request::header);
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int matches(int position) throws Exception {
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(application.addresses().management() + "/observe/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        String series = "crm_webhook_secret_matches_total{position=\"" + position + "\",source=\"pivotal\"} ";
        assertThat(metrics).contains(series);
        return (int) Double.parseDouble(
                metrics.split(java.util.regex.Pattern.quote(series), 2)[1].split("\n", 2)[0]);
    }
}
