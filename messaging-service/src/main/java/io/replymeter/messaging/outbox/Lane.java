package io.replymeter.messaging.outbox;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One lane's work: own it, send its oldest rows, delete what Kafka has acknowledged. After any error it lets go of the
 * session and the producer and begins again at the oldest row, so that nothing overtakes.
 */
final class Lane implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final int number;
    private final Lanes lanes;
    private final OutboxProperties properties;
    private final DataSource database;
    private final EventTopic topic;
    private final Map<String, Object> producerSettings;
    private final IntConsumer sent;
    private volatile boolean stopping;
    private boolean troubled;

    Lane(
            int number,
            Lanes lanes,
            OutboxProperties properties,
            DataSource database,
            EventTopic topic,
            Map<String, Object> producerSettings,
            IntConsumer sent) {
        this.number = number;
        this.lanes = lanes;
        this.properties = properties;
        this.database = database;
        this.topic = topic;
        this.producerSettings = new HashMap<>(producerSettings);
        this.producerSettings.putAll(EventSender.IN_ORDER);
        this.sent = sent;
    }

    /** Ends after what is being sent. */
    void stop() {
        stopping = true;
        lanes.ring(number);
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                relayUntilTrouble();
            }
        } catch (InterruptedException e) {
            log.info("Outbox lane {} was interrupted; what it had not sent stays in the outbox", number);
        }
    }

    private void relayUntilTrouble() throws InterruptedException {
        try (LaneConnection connection = LaneConnection.open(database, number)) {
            if (own(connection)) {
                topic.ensureExists();
                relay(connection);
            }
        } catch (SQLException | DataAccessException | SendFailed e) {
            report(e);
            lanes.await(number, properties.retryAfter());
        }
    }

    /** Nobody tells when another instance lets go, and the bell of new messages must not make this ask more often. */
    private boolean own(LaneConnection connection) throws InterruptedException {
        while (!stopping && !connection.tryToOwn()) {
            Thread.sleep(properties.retryAfter().toMillis());
        }
        return !stopping;
    }

    private void relay(LaneConnection connection) throws SendFailed, InterruptedException {
        try (EventSender sender = new EventSender(topic.name(), properties.acknowledgeWithin(), producerSettings)) {
            while (!stopping) {
                List<OutboxRow> rows = connection.oldest(properties.batchSize());
                if (rows.isEmpty()) {
                    lanes.await(number, properties.pollInterval());
                    continue;
                }
                sender.send(rows);
                connection.delete(rows);
                sent.accept(rows.size());
                reportRecovery();
            }
        }
    }

    private void report(Exception e) {
        if (!troubled) {
            log.warn(
                    "Outbox lane {} cannot send; messages are accepted and kept, and it tries again every {}: {}",
                    number,
                    properties.retryAfter(),
                    e.toString());
        }
        troubled = true;
    }

    private void reportRecovery() {
        if (troubled) {
            log.info("Outbox lane {} sends again", number);
        }
        troubled = false;
    }
}
