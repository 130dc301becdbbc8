package io.replymeter.benchmarks.peers;

import io.replymeter.benchmarks.result.ProviderDays;
import io.replymeter.benchmarks.workload.TopicReader;
import io.replymeter.events.Event;
import java.util.List;

/**
 * The limit: decodes with the contract's codec and folds each event once, in order, in memory and in two threads, and stores
 * nothing. No variant can do with less; Replymeter's own fold does more, because it accepts events in any order.
 */
public final class DecodeAndFold {

    private DecodeAndFold() {}

    public static void main(String[] arguments) throws Exception {
        PeerRun run = new PeerRun(arguments);
        ProviderDays days = new ProviderDays();
        ProviderDays others = new ProviderDays();
        run.readTopic(List.of(worker(days), worker(others)));
        days.addAll(others);
        run.committed();
        run.report(days.checksum(run.task().topic().end()));
    }

    private static TopicReader.Worker worker(ProviderDays days) {
        return record -> {
            Event event = PeerRun.decode(record.value());
            if (event != null) {
                days.fold(event);
            }
        };
    }
}
