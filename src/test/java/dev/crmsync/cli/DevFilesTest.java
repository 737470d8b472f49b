package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets, personal data and records of the {@code dev} profile are nobody else's on a shared machine. */
class DevFilesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void rightsAreThoseOfPosix() {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "skipped: no POSIX rights");
    }

    @Test
    void noFileOrFolderIsOpenToOthersWhileItRunsAndAfterwards() throws IOException {
        Path data = folder.resolve("data");
        try (Application application = started(data)) {
            assertThat(new TestSender(application.addresses().webhooks())
                            .pivotal(PivotalEvent.of("private"))
                            .status())
                    .isEqualTo(202);
            assertThat(rights(data))
                    .containsKeys("dev-signing-secrets.properties", "crm-sync.db", "crm-sync.db-wal", "crm-sync.db-shm")
                    .containsKeys("sandbox", "sandbox/salesforce.jsonl", "sandbox/salesforce.lock");
            assertOwnersAlone(data);
        }
        assertOwnersAlone(data);
    }

    @Test
    void filesOfAnEarlierReleaseAreNarrowedAndThatIsLogged() throws IOException {
        Path data = folder.resolve("data");
        started(data).close();
        for (String name : List.of("dev-signing-secrets.properties", "crm-sync.db", "sandbox/salesforce.jsonl")) {
            Files.setPosixFilePermissions(data.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
        }

        try (CapturedLog log = new CapturedLog()) {
            started(data).close();
            assertThat(log.text())
                    .contains("dev-signing-secrets.properties was open to others (rw-r--r--)")
                    .contains("crm-sync.db was open to others")
                    .contains("salesforce.jsonl was open to others");
        }
        assertOwnersAlone(data);
    }

    /** Without the secrets of a sender, so that they are made up. */
    private static Application started(Path data) {
        Map<String, String> settings = TestApplication.settings(data);
        settings.remove("crm.plain.signing-secrets");
        Application application = new Application(settings);
        application.start();
        return application;
    }

    private static void assertOwnersAlone(Path data) throws IOException {
        assertThat(rights(data))
                .allSatisfy((name, rights) -> assertThat(rights).as(name).endsWith("------"));
    }

    private static Map<String, String> rights(Path data) throws IOException {
        Map<String, String> rights = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                rights.put(
                        data.relativize(file).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return rights;
    }
}
