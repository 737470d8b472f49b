package dev.crmsync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the main job on embedded parts: starts the application, sends signed samples, and tells what became of them. */
@Command(
        name = "demo",
        description = "Start on embedded parts, send sample webhooks of all sources and show what they become.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final Path DATA = Path.of("data", "demo");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    @Option(names = "--exit", description = "Stop after the table instead of staying up until Ctrl-C.")
    private boolean exit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        forgetFormerDemo();
        Map<String, String> overrides = new HashMap<>(Map.of(
                "crm.profile",
                "dev",
                "crm.data.directory",
                DATA.toString(),
                "crm.database.url",
                "jdbc:sqlite:" + DATA.resolve("crm-sync.db")));
        try (Application application = new Application(overrides)) {
            application.start();
            DemoReport report = new DemoReport(System.out);
            report.addresses(application.addresses());
            boolean asExpected = new DemoScript(application, LONGEST_WAIT).play(report);
            if (!exit) {
                stayUp(report, application);
            }
            return asExpected ? 0 : 1;
        }
    }

    private static void stayUp(DemoReport report, Application application) throws InterruptedException {
        report.stayingUp();
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            application.close();
                            stop.countDown();
                        },
                        "demo-stop"));
        stop.await();
    }

    private static void forgetFormerDemo() throws IOException {
        if (Files.isDirectory(DATA)) {
            try (Stream<Path> files = Files.walk(DATA)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
