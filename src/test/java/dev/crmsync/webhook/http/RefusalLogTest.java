package dev.crmsync.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.event.SettableClock;
import dev.crmsync.webhook.NotAuthenticException;
import dev.crmsync.webhook.NothingAuthentic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private final SettableClock clock = SettableClock.at("2026-11-21T12:00:00Z");
    private final RefusalLog log = new RefusalLog(clock);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getLogger(RefusalLog.class);
    private final AbstractAppender appender =
            new AbstractAppender("refusals", null, null, false, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    lines.add(event.getMessage().getFormattedMessage());
                }
            };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.removeAppender(appender);
    }

    @Test
    void saysWhyTheFirstRequestIsRefusedAtOnce() {
        log.add("receive-acme", refusal());

        assertThat(lines).containsExactly("receive-acme refused requests: 1 unknown-path (No source has this path)");
    }

    @Test
    void saysWhatFollowsOnceAMinuteHoweverManyThereAre() {
        for (int i = 0; i < 1_000; i++) {
            log.add("receive-acme", refusal());
        }
        assertThat(lines).hasSize(1);

        clock.advance(Duration.ofSeconds(60));
        log.flush();
        log.flush();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("999 unknown-path");
    }

    @Test
    void keepsRoutesApart() {
        log.add("receive-acme", refusal());
        log.add("receive-other", refusal());

        assertThat(lines).hasSize(2);
    }

    @Test
    void saysNothingWhileNothingIsRefused() {
        log.add("receive-acme", refusal());
        clock.advance(Duration.ofHours(1));
        log.flush();

        assertThat(lines).hasSize(1);
    }

    private static NotAuthenticException refusal() {
        try {
            new NothingAuthentic().process(null);
        } catch (NotAuthenticException e) {
            return e;
        }
        throw new AssertionError("Nothing is authentic there");
    }
}
