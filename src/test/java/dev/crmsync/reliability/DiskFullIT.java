package dev.crmsync.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQLite file lies on a small file system of its own, which fills up. Mounting one needs the rights to. */
class DiskFullIT {

    private static final int UNAVAILABLE = 503;

    @Test
    void on_a_full_disk_events_are_refused_and_what_was_accepted_is_delivered_later(@TempDir Path folder)
            throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()),
                "a small file system cannot be mounted here");
        try (Landscape landscape = new Landscape(new SqliteDatabase(disk.resolve("inbox.db")), folder)) {
            for (int version = 1; version <= 20; version++) {
                landscape.sender().deliver(landscape.event(1, version));
            }
            Path filler = disk.resolve("filler");
            fill(filler);
            int[] version = {21};
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> landscape.sender().post(landscape.event(version[0] % 7, version[0]++)) == UNAVAILABLE);
            assertThat(landscape.sync().isAlive()).isTrue();

            Files.delete(filler);
            landscape.interrupted();
            assertThat(landscape.sender().deliver(landscape.event(1, version[0])))
                    .isTrue();
            landscape.settle();
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(Files.size(file)).isPositive();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
