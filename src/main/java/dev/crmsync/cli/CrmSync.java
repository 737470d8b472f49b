package dev.crmsync.cli;

public final class CrmSync {
    public static void main(String[] args) {}
}
