package dev.crmsync.console;

/**
 * Somebody who has said who he is.
 *
 * @param name as it stands in the audit
 */
public record User(String name, Role role) {

    public boolean isOperator() {
        return role == Role.OPERATOR;
    }
}
