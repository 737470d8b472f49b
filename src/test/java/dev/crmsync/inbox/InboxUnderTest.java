package dev.crmsync.inbox;

import dev.crmsync.event.Event;
import dev.crmsync.event.EventId;
import dev.crmsync.event.EventState;
import dev.crmsync.event.OrderKey;
import dev.crmsync.event.SettableClock;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An inbox on a real database, and words for what tests do with it. */
public final class InboxUnderTest implements AutoCloseable {

    public static final Duration LEASE = Duration.ofMinutes(1);

    public final SettableClock clock = SettableClock.at("2026-05-26T12:00:00Z");
    public final Database database;
    public final Inbox inbox;

    public InboxUnderTest(Database database) {
        this.database = database;
        this.inbox = new Inbox(database, PayloadCipher.plain(), clock, new Arrivals());
    }

    public static Event event(String id, String subject) {
        return event(id, subject, OrderKey.NONE);
    }

    public static Event event(String id, String subject, long version) {
        return event(id, subject, OrderKey.of(version));
    }

    public static Event event(String id, String subject, OrderKey key) {
        return new Event(
                new EventId("pivotal", id),
                "customer.updated",
                "acme",
                subject,
                Event.STATE,
                key,
                Instant.parse("2026-05-26T11:59:58.123Z"),
                true,
                "{\"id\":\"" + id + "\"}",
                null);
    }

    public static Event ofAspect(String aspect, Event event) {
        return new Event(
                event.id(),
                event.type(),
                event.tenant(),
                event.subject(),
                aspect,
                event.orderKey(),
                event.occurredAt(),
                event.live(),
                event.payload(),
                event.unreadable());
    }

    public static Event withPayload(String payload, Event event) {
        return new Event(
                event.id(),
                event.type(),
                event.tenant(),
                event.subject(),
                event.aspect(),
                event.orderKey(),
                event.occurredAt(),
                event.live(),
                payload,
                event.unreadable());
    }

    public List<Acceptance> accept(Event... events) {
        return inbox.accept(
                Stream.of(events).map(event -> new Received(event, null)).toList());
    }

    public List<SubjectClaim> claim() {
        return claimAs("one");
    }

    public List<SubjectClaim> claimAs(String owner) {
        return inbox.claim(new ClaimRequest("pivotal", owner, 100, 1_000, 1 << 20, LEASE));
    }

    public SubjectClaim claimOne() {
        List<SubjectClaim> claims = claim();
        if (claims.size() != 1) {
            throw new AssertionError("Expected one claim, had: " + claims);
        }
        return claims.get(0);
    }

    public SettleResult settle(Settlement settlement) {
        return inbox.settle(List.of(settlement)).get(0);
    }

    /** Delivers all events of a claim. */
    public Settlement delivered(SubjectClaim claim) {
        AppliedKeys applied = claim.applied();
        for (ClaimedEvent claimed : claim.events()) {
            applied = applied.with(claimed.event());
        }
        return Settlement.of(
                claim,
                claim.events().stream()
                        .map(claimed -> Outcome.delivered(claimed.id(), null))
                        .toList(),
                applied,
                claim.complete() ? null : clock.instant());
    }

    public FailedAttempt failure() {
        return new FailedAttempt(
                clock.instant().minusSeconds(1), clock.instant(), "transient", "UNABLE_TO_LOCK_ROW", "row is locked");
    }

    public StoredEvent stored(String id) {
        return inbox.events().find(new EventId("pivotal", id)).orElseThrow();
    }

    public EventState stateOf(String id) {
        return stored(id).state();
    }

    public static List<String> ids(SubjectClaim claim) {
        return claim.events().stream()
                .map(claimed -> claimed.event().id().value())
                .toList();
    }

    public static List<Acceptance.Kind> kinds(List<Acceptance> acceptances) {
        return acceptances.stream().map(Acceptance::kind).toList();
    }

    /** One number, asked on a connection of its own. */
    public long number(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes as they are stored, one character each. */
    String text(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new String(row.getBytes(1), StandardCharsets.ISO_8859_1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public void execute(String... statements) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError("Failed: " + Arrays.toString(statements), e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
