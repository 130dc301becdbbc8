package io.replymeter.benchmarks.catchup;

import io.replymeter.benchmarks.servers.BenchmarkServers;
import io.replymeter.benchmarks.servers.Service;
import io.replymeter.benchmarks.servers.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a metrics service to begin a rebuild. */
public final class RebuildRequest {

    /** A service just started has not seen the topic. */
    private static final int NOT_YET = 503;

    private static final long POLL_MILLIS = 10;

    private RebuildRequest() {}

    /** @throws IllegalStateException when it refuses */
    public static void send(BenchmarkServers servers, Service service) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/ops/v1/rebuilds"))
                .header("Authorization", "Bearer " + new Tokens(servers).token("ops", "metrics:ops"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        while (answer.statusCode() == NOT_YET) {
            Thread.sleep(POLL_MILLIS);
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        }
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("No rebuild was started: " + answer.body());
        }
    }
}
