package dev.crmsync.reliability;

import java.nio.file.Path;

class SqliteRandomKillsIT extends RandomKills {

    @Override
    TestDatabase openDatabase(Path folder) {
        return new SqliteDatabase(folder.resolve("inbox.db"));
    }
}
