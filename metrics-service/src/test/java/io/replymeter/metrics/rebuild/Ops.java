package io.replymeter.metrics.rebuild;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replymeter.metrics.Instance;
import io.replymeter.metrics.comparison.Verification;
import io.replymeter.metrics.generation.RebuildState;
import io.replymeter.metrics.rebuild.RebuildController.SwitchRequest;
import io.replymeter.metrics.rebuild.StartRequest.WantedRules;
import io.replymeter.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an SRE does and looks at. */
record Ops(RebuildController api, JdbcClient jdbc) {

    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final List<String> LAYERS = List.of("conversation", "inquiry", "daily_metrics");

    static Ops of(Instance instance) {
        return new Ops(instance.bean(RebuildController.class), instance.bean(JdbcClient.class));
    }

    /** Why {@code request} is refused: the problem's detail. */
    static String refusal(ThrowingCallable request) {
        Problem problem = catchThrowableOfType(Problem.class, request);
        return String.valueOf(problem.getBody().getDetail());
    }

    /** Starts a rebuild by the configured rules, without a throttle. */
    int start() {
        return start(null, null, false);
    }

    int start(@Nullable WantedRules rules, @Nullable Integer throttle, boolean acceptTruncatedHistory) {
        var answer = api.start(new StartRequest(rules, throttle, acceptTruncatedHistory));
        return requireNonNull(answer.getBody()).generation();
    }

    int startAndAwaitReady() {
        int generation = start();
        await(generation, RebuildState.READY);
        return generation;
    }

    RebuildView await(int generation, RebuildState state) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.get(generation).state()).isEqualTo(state));
        return api.get(generation);
    }

    Verification verification(int generation) {
        return requireNonNull(api.get(generation).verification());
    }

    void acceptAndSwitchTo(int generation) {
        api.switchTo(generation, new SwitchRequest(true));
    }

    int active() {
        return number("SELECT generation FROM active_generation");
    }

    int number(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Integer.class).single();
    }

    /** Cancels or drops the generation beside the active one. */
    void clear() {
        for (RebuildView rebuild : api.all().rebuilds()) {
            if (rebuild.actions().contains(RebuildState.Move.CANCEL)) {
                api.cancel(rebuild.generation());
            } else if (rebuild.actions().contains(RebuildState.Move.DROP)) {
                api.drop(rebuild.generation());
            }
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.all().rebuilds())
                        .allMatch(rebuild -> rebuild.state() == RebuildState.ACTIVE
                                || rebuild.times().removedAt() != null));
    }

    /** Both have applied all that the topic holds. */
    void awaitNoLag(int... generations) {
        for (int generation : generations) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.get(generation).lag()).isZero());
        }
    }

    /** Every row of every layer, with every column but the generation. */
    Set<String> rows(int generation) {
        Set<String> rows = new TreeSet<>();
        for (String layer : LAYERS) {
            rows.addAll(jdbc.sql("SELECT '%1$s' || (to_jsonb(stored) - 'generation')::text FROM %1$s_g%2$d AS stored"
                            .formatted(layer, generation))
                    .query(String.class)
                    .list());
        }
        return rows;
    }

    /** Whatever in the database names {@code generation}, but for its history. */
    int traces(int generation) {
        return number("""
                SELECT (SELECT count(*) FROM pg_class WHERE relname LIKE '%\\_g' || ?)
                     + (SELECT count(*) FROM partition_offset WHERE generation = ?)
                     + (SELECT count(*) FROM ignored_records WHERE generation = ?)
                     + (SELECT count(*) FROM verification WHERE generation = ?)
                """, generation, generation, generation, generation);
    }
}
