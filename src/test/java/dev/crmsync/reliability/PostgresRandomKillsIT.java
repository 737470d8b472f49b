package dev.crmsync.reliability;

import java.io.IOException;
import java.nio.file.Path;

class PostgresRandomKillsIT extends RandomKills {

    @Override
    TestDatabase openDatabase(Path folder) throws IOException {
        return new PostgresDatabase(folder.resolve("postgresql"));
    }
}
