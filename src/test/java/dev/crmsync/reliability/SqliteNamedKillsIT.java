package dev.crmsync.reliability;

import java.nio.file.Path;

class SqliteNamedKillsIT extends NamedKills {

    @Override
    TestDatabase openDatabase(Path folder) {
        return new SqliteDatabase(folder.resolve("inbox.db"));
    }
}
