package dev.crmsync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs one sample and posts it to a running application. */
@Command(
        name = "send",
        description = "Sign and send one sample webhook, for example: send pivotal customer.created",
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    private static final int ACCEPTED = 202;

    @Parameters(index = "0", paramLabel = "<source>", description = "pivotal, emporix or plain.")
    private String source;

    @Parameters(index = "1", paramLabel = "<event-type>", description = "Such as customer.created.")
    private String eventType;

    @Option(
            names = "--file",
            description = "Body to send, as it is; default: the built-in sample of that type as a new event of now.")
    private Path file;

    @Option(names = "--url", description = "Webhook port of the application; default ${DEFAULT-VALUE}.")
    private String url = Addresses.local(Ports.WEBHOOKS);

    @Override
    public Integer call() throws IOException, InterruptedException {
        SampleSender sender = new SampleSender(url, new LocalSettings()::signingSecret);
        int status;
        try {
            status = sender.send(source, eventType, body()).status();
        } catch (java.net.ConnectException refused) {
            throw new IllegalStateException("Nothing listens at " + url + ": start the application, or give --url");
        }
        System.out.println("POST " + url + SampleSender.path(source, eventType) + " -> " + status);
        return status == ACCEPTED ? 0 : 1;
    }

    private byte[] body() throws IOException {
        if (file != null) {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new IllegalArgumentException("The body cannot be read from --file " + file + ": " + e, e);
            }
        }
        byte[] sample = Samples.find(source, eventType)
                .orElseThrow(() -> new IllegalArgumentException("There is no sample " + source + " " + eventType
                        + ": give one with --file, or use one of " + String.join(", ", Samples.names())));
        return new Freshness(Clock.systemUTC()).apply(source, sample);
    }
}
