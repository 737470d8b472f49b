package dev.crmsync.console;

import dev.crmsync.inbox.DeliveryPreview;
import dev.crmsync.inbox.StoredEvent;
import java.util.List;

/** One event of a replay that is considered, and what would become of it. */
public record PreviewLine(StoredEvent event, DeliveryPreview.Result result) {

    /** What would be written, masked. */
    public List<RecordView> records() {
        return RecordView.of(result.records(), false);
    }
}
