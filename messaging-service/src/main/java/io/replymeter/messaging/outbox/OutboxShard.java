package io.replymeter.messaging.outbox;

import io.replymeter.logging.ErrorLog;
import io.replymeter.tracing.Traces;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * One shard's work: become its owner, send its oldest rows, delete what Kafka has acknowledged. After any error it lets
 * go of the session and the producer and begins again at the oldest row, so that nothing is overtaken.
 */
final class OutboxShard implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(OutboxShard.class);
    private static final ErrorLog errors = new ErrorLog(log);

    /** The pause after a batch. A message that comes after silence does not wait for it. */
    private static final long LINGER_MILLIS = 10;

    private final int number;
    private final Shards shards;
    private final OutboxProperties properties;
    private final DataSource database;
    private final EventTopic topic;
    private final Traces traces;
    private final Supplier<Map<String, Object>> producerSettings;
    private final IntConsumer sent;
    private volatile boolean stopping;
    private volatile @Nullable String lastError;

    OutboxShard(
            int number,
            Shards shards,
            OutboxProperties properties,
            DataSource database,
            EventTopic topic,
            Traces traces,
            Supplier<Map<String, Object>> producerSettings,
            IntConsumer sent) {
        this.number = number;
        this.shards = shards;
        this.properties = properties;
        this.database = database;
        this.topic = topic;
        this.traces = traces;
        this.producerSettings = producerSettings;
        this.sent = sent;
    }

    int number() {
        return number;
    }

    /** The root cause of the last error; null when nothing waits or the shard sends again. */
    @Nullable String lastError() {
        return lastError;
    }

    /** Ends after what is being sent. */
    void stop() {
        stopping = true;
        shards.signal(number);
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                relayUntilError();
            }
        } catch (InterruptedException e) {
            log.info("Outbox shard {} was interrupted; what it had not sent stays in the outbox", number);
        }
    }

    /** Catches everything: the next attempt may succeed, and nobody else sends these rows. */
    private void relayUntilError() throws InterruptedException {
        try {
            relayOnce();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            lastError = NestedExceptionUtils.getMostSpecificCause(e).toString();
            errors.report(
                    "Outbox shard " + number + " cannot send; messages are accepted and kept, and it tries again", e);
            pause();
        }
    }

    private void relayOnce() throws SQLException, ExecutionException, SendFailed, InterruptedException {
        try (ShardConnection connection = ShardConnection.open(database, number, properties.takeOverAfter())) {
            if (becomeOwner(connection)) {
                topic.ensureExists();
                relay(connection);
            }
        }
    }

    /** No signal comes when another instance lets go of a shard, so this asks again and again. */
    private boolean becomeOwner(ShardConnection connection) throws InterruptedException {
        while (!stopping && !connection.tryToOwn()) {
            pause();
        }
        return !stopping;
    }

    private void relay(ShardConnection connection) throws SendFailed, InterruptedException {
        try (EventSender sender = newSender()) {
            List<OutboxRow> rows = connection.next(List.of(), properties.batchSize());
            while (!stopping) {
                if (rows.isEmpty()) {
                    shards.await(number, properties.pollInterval());
                } else {
                    sender.send(rows, connection::stayOwner);
                    linger(rows.size());
                }
                int acknowledged = rows.size();
                rows = connection.next(rows, properties.batchSize());
                sent.accept(acknowledged);
                reportRecovery();
            }
        }
    }

    /** Leaves time after a batch that was not full, so that what comes meanwhile goes together. Nothing is awaited. */
    private void linger(int sentRows) throws InterruptedException {
        if (sentRows < properties.batchSize()) {
            Thread.sleep(LINGER_MILLIS);
        }
    }

    private EventSender newSender() {
        Map<String, Object> settings = new HashMap<>(producerSettings.get());
        settings.putAll(EventSender.IN_ORDER);
        return new EventSender(topic, properties.acknowledgeWithin(), traces, settings);
    }

    private void reportRecovery() {
        if (lastError != null) {
            log.info("Outbox shard {} sends again", number);
            lastError = null;
        }
    }

    /** A new message does not cut this short: while nothing can be sent, each would cause another attempt. */
    private void pause() throws InterruptedException {
        Thread.sleep(properties.retryAfter().toMillis()); // The configured pause: nothing is awaited.
    }
}
