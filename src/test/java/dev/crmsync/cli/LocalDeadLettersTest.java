package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the database of an application that runs beside. */
class LocalDeadLettersTest implements DeadLettersApiBehaviour {

    private static TestApplication application;
    private static DeadLettersApi api;

    @BeforeAll
    static void start(@TempDir Path data) {
        application = TestApplication.start(data, Map.of());
        Map<String, String> settings = TestApplication.settings(data);
        api = new LocalDeadLetters(
                Settings.readDatabase(new SettingsReader(name -> java.util.Optional.ofNullable(settings.get(name)))));
    }

    @AfterAll
    static void stop() {
        api.close();
        application.close();
    }

    @Test
    void aPreviewIsLeftToAConsole() {
        assertThatThrownBy(() -> api.preview(1)).hasMessageContaining("--url");
    }

    @Override
    public DeadLettersApi api() {
        return api;
    }

    @Override
    public TestApplication application() {
        return application;
    }
}
