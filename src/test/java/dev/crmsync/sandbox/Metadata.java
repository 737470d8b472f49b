package dev.crmsync.sandbox;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** A metadata package of the tests: {@code UpsertTable__c} with an external id that is not unique. */
final class Metadata {
    private Metadata() {}

    static Path upsertTable() {
        try {
            return Path.of(Objects.requireNonNull(Metadata.class.getResource("/sandbox/metadata"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
