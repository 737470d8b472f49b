package dev.crmsync.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files (mode 0600) and folders (0700) for their owner alone. They are made so, never widely first and narrowed afterwards.
 * A file system without such rights, as that of Windows, has its own defaults.
 */
public final class OwnerOnly {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** Makes a folder, and those above it. One that exists is left as it is: it may be shared with others on purpose. */
    public static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, rights(folder, FOLDER));
    }

    /** Makes an empty file, or takes away from one that exists what others may do with it, and says so in the log. */
    public static Path file(Path file) throws IOException {
        try {
            return Files.createFile(file, rights(file, FILE));
        } catch (FileAlreadyExistsException exists) {
            narrow(file);
            return file;
        }
    }

    private static FileAttribute<?>[] rights(Path path, Set<PosixFilePermission> rights) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
                : new FileAttribute<?>[0];
    }

    private static void narrow(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> wide = view.readAttributes().permissions();
        Set<PosixFilePermission> kept = EnumSet.copyOf(FILE);
        kept.retainAll(wide);
        if (kept.equals(wide)) {
            return;
        }
        try {
            view.setPermissions(kept);
            LOG.info(
                    "{} was open to others ({}): it is its owner's alone now",
                    file,
                    PosixFilePermissions.toString(wide));
        } catch (FileSystemException e) {
            LOG.warn(
                    "{} is open to others ({}), which cannot be changed: {}",
                    file,
                    PosixFilePermissions.toString(wide),
                    e.getReason());
        }
    }
}
