package dev.crmsync.console;

import dev.crmsync.deadletter.DeadLetters;
import dev.crmsync.inbox.Activity;
import dev.crmsync.inbox.Database;
import dev.crmsync.inbox.DeliveryPreview;
import dev.crmsync.inbox.Inbox;
import java.time.Clock;

/** What the console shows and acts on. */
public record ConsoleData(
        Database database,
        DeadLetters deadLetters,
        Inbox inbox,
        Activity activity,
        DeliveryPreview preview,
        SampleEvents samples,
        SalesforceStatus salesforce,
        RouteStatus routes,
        Clock clock) {}
