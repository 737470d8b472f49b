package dev.crmsync.cli;

import dev.crmsync.sandbox.Sandbox;
import dev.crmsync.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the embedded Salesforce alone. */
@Command(name = "sandbox", description = "Run the Salesforce sandbox alone.", mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

    @Option(names = "--port", description = "Port, 0 for any free one; default ${DEFAULT-VALUE}.")
    private int port = Ports.SANDBOX;

    @Option(names = "--host", description = "Address to listen on; default ${DEFAULT-VALUE}.")
    private String host = Ports.LOOPBACK;

    @Option(names = "--data", description = "Folder that keeps the records; default ${DEFAULT-VALUE}.")
    private Path data = Path.of("data", "sandbox");

    @Option(names = "--in-memory", description = "Keep no records after the stop.")
    private boolean inMemory;

    @Override
    public Integer call() throws InterruptedException {
        SandboxOptions options = SandboxOptions.inMemory().withPort(port).withHost(host);
        Sandbox sandbox = Sandbox.start(inMemory ? options : options.withDataDirectory(data));
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-stop"));
        System.out.println("Salesforce sandbox: " + sandbox.url() + " (Ctrl-C stops it)");
        new CountDownLatch(1).await();
        return 0;
    }
}
