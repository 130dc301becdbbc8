package io.replymeter.faults.check;

import io.replymeter.faults.check.Snapshot.Shown;
import io.replymeter.faults.load.Answer;
import io.replymeter.faults.load.Balancer;
import io.replymeter.faults.load.Balancer.Request;
import io.replymeter.faults.stack.Cluster;
import io.replymeter.faults.stack.Instance;
import io.replymeter.metrics.oracle.Measurement.Day;
import io.replymeter.metrics.oracle.Measurement.Metrics;
import io.replymeter.metrics.oracle.Measurement.ProviderInquiry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What each instance of metrics-service shows. */
final class MetricsApi {

    private static final JsonMapper JSON = new JsonMapper();

    private final Cluster cluster;
    private final List<UUID> providers;
    private final Balancer http;
    private final String token;

    private record Days(List<Day> days) {}

    private record Inquiries(
            List<ProviderInquiry> inquiries, @Nullable String nextCursor) {}

    MetricsApi(Cluster cluster, List<UUID> providers) {
        this.cluster = cluster;
        this.providers = providers;
        this.http = new Balancer(cluster.metrics());
        this.token = cluster.token("verifier", "metrics:read");
    }

    List<Shown> shown() {
        List<Shown> shown = new ArrayList<>();
        for (Instance instance : cluster.metrics()) {
            for (UUID provider : providers) {
                String path = "/api/v1/providers/" + provider;
                shown.add(new Shown(
                        instance.toString(),
                        read(path + "/response-metrics", instance, Metrics.class),
                        read(path + "/response-metrics/daily", instance, Days.class)
                                .days(),
                        inquiries(path + "/inquiries?limit=100", instance)));
            }
        }
        return shown;
    }

    private List<ProviderInquiry> inquiries(String path, Instance instance) {
        List<ProviderInquiry> inquiries = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Inquiries page = read(cursor.isEmpty() ? path : path + "&cursor=" + cursor, instance, Inquiries.class);
            inquiries.addAll(page.inquiries());
            cursor = page.nextCursor();
        }
        return inquiries;
    }

    private <T> T read(String path, Instance instance, Class<T> type) {
        Answer answer = http.send(Request.get(path, token), instance);
        if (answer.status() != 200) {
            throw new IllegalStateException(instance + " answered GET " + path + " with " + answer);
        }
        return JSON.readValue(answer.body(), type);
    }
}
