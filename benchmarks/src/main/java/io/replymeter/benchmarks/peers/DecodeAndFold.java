package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.result.InOrderFold;
import io.replymeter.benchmarks.result.ProviderDay;
import io.replymeter.benchmarks.result.ProviderDays;
import io.replymeter.benchmarks.workload.TopicReader;
import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.measurement.Conversation;
import io.replymeter.measurement.Fact;
import io.replymeter.measurement.Inquiry;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The limit: decodes and folds with Replymeter's own code, in memory and in two threads, and stores nothing. Each
 * conversation is folded once, when all its events are known; a service has to fold it before and after each batch.
 */
public final class DecodeAndFold {

    private DecodeAndFold() {}

    public static void main(String[] arguments) throws Exception {
        PeerRun run = new PeerRun(arguments);
        List<Fold> folds = List.of(new Fold(), new Fold());
        run.readTopic(folds);
        ProviderDays days = new ProviderDays();
        folds.forEach(fold -> days.addAll(fold.days));
        run.committed();
        run.report(days.checksum(run.task().topic().end()));
    }

    private static final class Fold implements TopicReader.Worker {

        private static final long ANSWER_WITHIN = Micros.of(Ruleset.DEFAULT.answerWithin());

        private final Map<UUID, Conversation> conversations = new HashMap<>();
        private final ProviderDays days = new ProviderDays();

        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
            Event event = CountedEvents.decode(record.value());
            if (event == null) {
                return;
            }
            Conversation conversation = conversations.computeIfAbsent(event.conversationId(), Conversation::new);
            if (event instanceof MessageCreated message) {
                conversation.add(fact(message));
            } else if (event instanceof MessageDeleted deletion) {
                conversation.deleteMessage(deletion.messageId(), TimeUnit.MILLISECONDS.toMicros(record.timestamp()));
            } else {
                conversation.delete();
            }
        }

        private static Fact fact(MessageCreated message) {
            boolean fromClient = InOrderFold.isFromClient(message);
            return new Fact(
                    message.messageId(),
                    Micros.of(message.sentAt()),
                    fromClient ? message.senderId() : message.recipientId(),
                    InOrderFold.providerId(message),
                    fromClient);
        }

        @Override
        public void finish() {
            for (Conversation conversation : conversations.values()) {
                conversation.inquiries(Ruleset.DEFAULT).forEach(inquiry -> days.add(day(inquiry)));
            }
        }

        private static ProviderDay day(Inquiry inquiry) {
            boolean inTime = inquiry.responseTime() <= ANSWER_WITHIN;
            return new ProviderDay(
                    inquiry.providerId(),
                    Micros.epochDay(inquiry.openedAt()),
                    1,
                    inquiry.isAnswered() && inTime ? 1 : 0,
                    inquiry.isAnswered() && !inTime ? 1 : 0,
                    inquiry.responseTime());
        }
    }
}
