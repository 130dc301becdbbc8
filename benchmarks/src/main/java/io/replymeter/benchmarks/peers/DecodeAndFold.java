package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.result.InOrderFold;
import io.replymeter.benchmarks.result.ProviderDays;
import io.replymeter.benchmarks.workload.TopicReader;
import io.replymeter.events.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The limit: decodes with the contract's codec and folds each event once, in order, in memory and in two threads, and stores
 * nothing. No variant can do with less; Replymeter's own fold does more, because it accepts events in any order.
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

        private final Map<UUID, byte[]> conversations = new HashMap<>();
        private final ProviderDays days = new ProviderDays();

        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
            Event event = CountedEvents.decode(record.value());
            if (event != null) {
                conversations.compute(
                        event.conversationId(), (id, state) -> InOrderFold.apply(state, event, days::add));
            }
        }
    }
}
