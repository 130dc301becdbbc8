package io.replymeter.local;

import io.replymeter.local.api.OperationsApi;
import io.replymeter.local.api.RebuildsApi;
import io.replymeter.local.rebuild.Rebuild;
import io.replymeter.local.stack.CannotContinue;
import io.replymeter.local.stack.DataFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The metrics-service that a command calls, and how the answer is printed. */
final class OpsOptions {

    private static final String TOKEN = "REPLYMETER_OPS_TOKEN";

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "address of metrics-service (default: where `up` started it, else http://localhost:8081);"
                    + " the environment variable " + TOKEN + " may hold a token with the scope metrics:ops,"
                    + " otherwise one is signed with the data folder's key")
    private @Nullable String url;

    @Option(names = "--json", description = "prints the answer of the service as JSON")
    private boolean json;

    private @Nullable RebuildsApi api;
    private @Nullable OperationsApi operations;

    RebuildsApi api() {
        if (api == null) {
            DataFolder folder = data.folder();
            api = new RebuildsApi(address(folder), token(folder));
        }
        return api;
    }

    OperationsApi operations() {
        if (operations == null) {
            DataFolder folder = data.folder();
            operations = new OperationsApi(address(folder), token(folder));
        }
        return operations;
    }

    private String address(DataFolder folder) {
        return url == null ? folder.running().ports().metricsUrl() : url;
    }

    private static String token(DataFolder folder) {
        String token = System.getenv(TOKEN);
        return token == null || token.isBlank() ? TokenCommand.token(folder.signingKey(), "ops") : token;
    }

    boolean isJson() {
        return json;
    }

    /** @return {@code generation}; if it is null, the newest rebuild that has not ended */
    int generation(@Nullable Integer generation) {
        if (generation != null) {
            return generation;
        }
        for (JsonNode rebuild : api().list().path("rebuilds")) {
            if (!new Rebuild(rebuild).hasEnded()) {
                return new Rebuild(rebuild).generation();
            }
        }
        throw new CannotContinue("No rebuild is under way: start one with `rebuild start`.");
    }

    void print(JsonNode answer) {
        System.out.println(answer.toPrettyString());
    }

    /** @return the exit code for the state of the rebuild */
    int print(Rebuild rebuild) {
        if (json) {
            print(rebuild.json());
        } else {
            rebuild.description().forEach(System.out::println);
        }
        return rebuild.exitCode().number();
    }
}
