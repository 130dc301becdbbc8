package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.result.Run;
import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.workload.LoadedTopic;

/** One way to work off a backlog of events into each provider's daily results. */
interface Variant {

    String name();

    /** Works off {@code topic} from its beginning; it keeps nothing from earlier runs. */
    Run run(BenchmarkServers servers, LoadedTopic topic) throws Exception;
}
