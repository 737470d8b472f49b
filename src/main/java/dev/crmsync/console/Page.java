package dev.crmsync.console;

/**
 * What every page shows around its content.
 *
 * @param active the entry of the navigation
 * @param user null before signing in
 * @param csrf what the page's forms carry
 * @param notice said once, or null
 */
public record Page(String title, String active, User user, String csrf, String notice) {

    public boolean isOperator() {
        return user != null && user.isOperator();
    }
}
