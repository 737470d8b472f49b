package dev.crmsync.cli;

import java.io.Console;
import picocli.CommandLine.Option;

/** Where the dead letters are: at a console with {@code --url}, otherwise in the configured database. */
final class ConsoleOptions {

    static final String PASSWORD_VARIABLE = "CRM_CONSOLE_PASSWORD";
    static final String TOKEN_VARIABLE = "CRM_CONSOLE_TOKEN";

    @Option(
            names = "--url",
            description = "The console to ask, such as https://crm-sync.example.com; default: the configured database.")
    private String url;

    @Option(
            names = "--user",
            description = "Who you are at the console; default ${DEFAULT-VALUE}. The password is taken from "
                    + PASSWORD_VARIABLE + ", or asked for. Users of an identity provider set " + TOKEN_VARIABLE
                    + " instead.")
    private String user = System.getProperty("user.name", "operator");

    DeadLettersApi open() {
        if (url == null) {
            return LocalDeadLetters.open();
        }
        String token = System.getenv(TOKEN_VARIABLE);
        return token == null
                ? RemoteDeadLetters.withPassword(url, user, password())
                : RemoteDeadLetters.withToken(url, token);
    }

    private String password() {
        String given = System.getenv(PASSWORD_VARIABLE);
        if (given != null) {
            return given;
        }
        Console terminal = System.console();
        if (terminal == null) {
            throw new IllegalStateException("Nobody is here to type the password: set " + PASSWORD_VARIABLE);
        }
        return new String(terminal.readPassword("Password of %s at %s: ", user, url));
    }
}
