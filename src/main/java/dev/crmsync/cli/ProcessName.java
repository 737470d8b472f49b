package dev.crmsync.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Names this process among all that share the database. */
final class ProcessName {

    private ProcessName() {}

    /** Host, process id and a part by chance, since containers repeat the first two. */
    static String unique() {
        return host() + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
