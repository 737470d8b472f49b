package dev.crmsync.cli;

import dev.crmsync.check.structure.Surroundings;
import dev.crmsync.check.structure.Surroundings.OwnComponent;
import dev.crmsync.inbox.InboxComponent;
import dev.crmsync.inbox.InboxEndpoint;
import dev.crmsync.salesforce.UpsertEndpoint;
import dev.crmsync.webhook.EitherVerifier;
import dev.crmsync.webhook.EnvelopeReader;
import dev.crmsync.webhook.HmacVerifier;
import dev.crmsync.webhook.NothingAuthentic;
import dev.crmsync.webhook.SvixVerifier;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the application gives to the routes: bound and added in {@link ApplicationParts}. */
final class RouteSurroundings {

    private RouteSurroundings() {}

    static Surroundings create() {
        return new Surroundings(
                Set.of("clock", "dead-letter-details", "inbox", "inbox-database", "metrics", "own-samples"),
                Map.of(
                        "inbox", new OwnComponent(InboxEndpoint.class, Set.of(), InboxComponent.decisions()),
                        "upsert", new OwnComponent(UpsertEndpoint.class, Set.of("key"), Set.of())),
                Stream.of(
                                EitherVerifier.class,
                                EnvelopeReader.class,
                                HmacVerifier.class,
                                NothingAuthentic.class,
                                SvixVerifier.class)
                        .map(Class::getName)
                        .collect(Collectors.toSet()),
                EnvelopeReader.class.getName());
    }
}
