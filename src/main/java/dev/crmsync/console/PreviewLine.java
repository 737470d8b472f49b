package dev.crmsync.console;

import dev.crmsync.inbox.DeliveryPreview;
import dev.crmsync.inbox.StoredEvent;

/** One event of a replay that is considered, and what would become of it. */
public record PreviewLine(StoredEvent event, DeliveryPreview.Result result) {}
