package dev.crmsync.cli;

import dev.crmsync.observe.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point: {@code java -jar target/crm-sync.jar [command]}. */
@Command(
        name = "crm-sync",
        mixinStandardHelpOptions = true,
        versionProvider = CrmSync.Version.class,
        description = "Customer webhooks become correct, current Accounts and Contacts in Salesforce."
                + " Without a command: run.",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            SendCommand.class,
            CheckCommand.class,
            SandboxCommand.class,
            DeadLettersCommand.class
        })
public final class CrmSync implements Runnable {

    static final int FAILED = 1;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private CrmSync() {}

    public static void main(String[] args) {
        Logging.configure();
        // Alone is the way of every pod: to build the command line first would take a tenth of the start.
        System.exit(args.length == 0 ? new RunCommand().call() : commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CrmSync()).setExecutionExceptionHandler((exception, command, parsed) -> {
            command.getErr().println(command.getColorScheme().errorText(Printable.escaped(message(exception))));
            return FAILED;
        });
    }

    static String message(Exception exception) {
        return exception.getMessage() == null ? exception.toString() : exception.getMessage();
    }

    @Override
    public void run() {
        int exitCode = spec.commandLine().execute("run");
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Says which build this is. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = CrmSync.class.getPackage().getImplementationVersion();
            return new String[] {"crm-sync " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Chooses how to log before anything logs. */
    private static final class Logging {

        private static void configure() {
            if (System.getProperty("log4j2.configurationFile") == null
                    && System.getenv("LOG4J_CONFIGURATION_FILE") == null
                    && "prod".equals(profile())) {
                System.setProperty("log4j2.configurationFile", "log4j2-prod.xml");
            }
        }

        private static String profile() {
            String given = System.getProperty("crm.profile", System.getenv("CRM_PROFILE"));
            if (given != null) {
                return given.trim();
            }
            Properties file = new Properties();
            try (var reader = Files.newBufferedReader(Path.of("application.properties"))) {
                file.load(reader);
            } catch (java.io.IOException absent) {
                return null;
            }
            return file.getProperty("crm.profile");
        }
    }
}
