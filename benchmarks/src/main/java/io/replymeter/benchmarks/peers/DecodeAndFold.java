package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.pairing.EventReader;
import io.replymeter.benchmarks.pairing.Pairing;
import io.replymeter.benchmarks.pairing.PairingEvent;
import io.replymeter.benchmarks.result.Checksum;
import io.replymeter.benchmarks.result.DailySums;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The limit: reads, decodes and folds in memory, in two threads, and keeps nothing. */
public final class DecodeAndFold {

    private DecodeAndFold() {}

    public static void main(String[] arguments) throws Exception {
        PeerTask task = PeerTask.of(arguments);
        Stopwatch stopwatch = new Stopwatch();
        List<Fold> folds = List.of(new Fold(task.reader()), new Fold(task.reader()));
        Backlog.workOff(task, stopwatch, folds);
        DailySums sums = new DailySums();
        folds.forEach(fold -> sums.addAll(fold.sums));
        stopwatch.committed();
        Checksum checksum = new Checksum(task.end());
        sums.addTo(checksum);
        stopwatch.result(checksum).write(task.result());
    }

    private static final class Fold implements Backlog.Worker {

        private final EventReader reader;
        private final Map<UUID, byte[]> conversations = new HashMap<>();
        private final DailySums sums = new DailySums();

        Fold(EventReader reader) {
            this.reader = reader;
        }

        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
            PairingEvent event = reader.read(record.value());
            if (event != null) {
                conversations.compute(event.conversationId(), (id, state) -> Pairing.apply(state, event, sums::add));
            }
        }
    }
}
