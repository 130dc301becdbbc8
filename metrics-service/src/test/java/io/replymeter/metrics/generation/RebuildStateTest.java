package io.replymeter.metrics.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.metrics.generation.RebuildState.Move;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RebuildStateTest {

    /** All that can happen, and nothing else. */
    private static final Set<String> MOVES = Set.of(
            "REPLAYING --REPLAYED--> CATCHING_UP",
            "REPLAYING --FAIL--> FAILED",
            "REPLAYING --PAUSE--> PAUSED",
            "REPLAYING --CANCEL--> CANCELLED",
            "CATCHING_UP --CATCH_UP--> VERIFYING",
            "CATCHING_UP --FAIL--> FAILED",
            "CATCHING_UP --PAUSE--> PAUSED",
            "CATCHING_UP --CANCEL--> CANCELLED",
            "VERIFYING --COMPARED--> READY",
            "VERIFYING --FAIL--> FAILED",
            "VERIFYING --PAUSE--> PAUSED",
            "VERIFYING --CANCEL--> CANCELLED",
            "READY --VERIFY--> VERIFYING",
            "READY --SWITCH--> ACTIVE",
            "READY --FAIL--> FAILED",
            "READY --PAUSE--> PAUSED",
            "READY --CANCEL--> CANCELLED",
            "ACTIVE --RETIRE--> RETIRED",
            "ACTIVE --ROLLBACK--> READY",
            "RETIRED --REINSTATE--> ACTIVE",
            "RETIRED --DROP--> DROPPED",
            "PAUSED --RESUME--> REPLAYING",
            "PAUSED --CANCEL--> CANCELLED",
            "FAILED --CANCEL--> CANCELLED");

    @Test
    void theseMovesArePossibleAndNoOthers() {
        Set<String> moves = Stream.of(RebuildState.values())
                .flatMap(RebuildStateTest::moves)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(moves).isEqualTo(new TreeSet<>(MOVES));
    }

    private static Stream<String> moves(RebuildState from) {
        return Stream.of(Move.values())
                .flatMap(move -> from.after(move).stream().map(to -> from + " --" + move + "--> " + to));
    }

    @ParameterizedTest
    @EnumSource
    void everyStateThatIsNotOverCanBeGivenUpOrLeft(RebuildState state) {
        assertThat(state.requests().isEmpty()).isEqualTo(state.isOver());
    }

    @Test
    void whoIsPausedFailedOrOverIsNotFed() {
        assertThat(Stream.of(RebuildState.values()).filter(state -> !state.isFed()))
                .containsExactlyInAnyOrder(
                        RebuildState.PAUSED, RebuildState.FAILED, RebuildState.CANCELLED, RebuildState.DROPPED);
    }

    @Test
    void askingAgainForWhatIsSoIsUnderstood() {
        assertThat(RebuildState.PAUSED.isReachedBy(Move.PAUSE)).isTrue();
        assertThat(RebuildState.CANCELLED.isReachedBy(Move.CANCEL)).isTrue();
        assertThat(RebuildState.DROPPED.isReachedBy(Move.DROP)).isTrue();
        assertThat(RebuildState.CANCELLED.isReachedBy(Move.DROP)).isFalse();
        assertThat(RebuildState.RETIRED.isReachedBy(Move.CANCEL)).isFalse();
    }
}
