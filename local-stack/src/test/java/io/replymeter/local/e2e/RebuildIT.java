package io.replymeter.local.e2e;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A rebuild as an operator does it: {@code ./replymeter rebuild …}. */
class RebuildIT {

    private final Person client = Person.client();
    private final Person provider = Person.provider();

    @BeforeEach
    void aProviderWithNumbers() {
        new History().threeAnswered(client, provider, ofHours(2)).happened();
        await().untilAsserted(() ->
                assertThat(provider.numbers().path("answered").asInt()).isEqualTo(3));
    }

    /** The test leaves a rebuild that is under way, ready or live. */
    @AfterEach
    void onlyWhatWasLiveBeforeIsLeft() {
        rebuild("rollback");
        int generation = rebuild("cancel", "--json").json().path("generation").asInt();
        await().until(() ->
                rebuild("status", Integer.toString(generation), "--json").text().contains("\"removedAt\" : \"2"));
    }

    @Test
    void readersNoticeNothingOfARebuildButItsNumber() {
        JsonNode before = provider.numbers();

        int generation = rebuild("start", "--json").json().path("generation").asInt();
        assertThat(rebuild("watch").exitCode()).isZero();
        rebuild("switch", "--json").json();

        JsonNode after = provider.numbers();
        assertThat(after.path("ruleset").path("generation").asInt()).isEqualTo(generation);
        assertThat(after.path("averageResponseTimeSeconds")).isEqualTo(before.path("averageResponseTimeSeconds"));
        assertThat(after.path("responseRatePercent")).isEqualTo(before.path("responseRatePercent"));

        rebuild("rollback", "--json").json();
        assertThat(provider.numbers().path("ruleset").path("generation"))
                .isEqualTo(before.path("ruleset").path("generation"));
    }

    @Test
    void aRuleChangeShowsWhatItWouldDoBeforeItIsDone() {
        rebuild("start", "--answer-within", "1h");
        assertThat(rebuild("watch").exitCode()).isEqualTo(3);

        assertThat(rebuild("differences").text()).contains(provider.id().toString());
        Command refused = rebuild("switch");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.text()).contains("differ");
        assertThat(provider.numbers().path("responseRatePercent").asDouble()).isEqualTo(100);

        rebuild("switch", "--accept-differences", "--json").json();
        assertThat(provider.numbers().path("responseRatePercent").asDouble()).isZero();
    }

    @Test
    void aRebuildWhoseInstanceIsKilledGoesOnWhereItWas() {
        rebuild("start", "--throttle", "100", "--json").json();
        await().until(() -> replayed() > 0);

        EndToEnd.stack().metrics().kill();
        EndToEnd.stack().startMetrics();
        EndToEnd.stack().metrics().awaitReady();
        assertThat(replayed()).isPositive();

        rebuild("throttle", "none");
        assertThat(rebuild("watch").exitCode()).isZero();
    }

    private static long replayed() {
        return rebuild("status", "--json")
                .answer()
                .path("progress")
                .path("done")
                .asLong();
    }

    private static Command rebuild(String... arguments) {
        return Command.run(
                Stream.concat(Stream.of("rebuild"), Stream.of(arguments)).toArray(String[]::new));
    }
}
