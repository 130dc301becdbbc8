package io.replymeter.metrics.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.metrics.rebuild.State.Move;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateTest {

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
        Set<String> moves =
                Stream.of(State.values()).flatMap(StateTest::moves).collect(Collectors.toCollection(TreeSet::new));

        assertThat(moves).isEqualTo(new TreeSet<>(MOVES));
    }

    private static Stream<String> moves(State from) {
        return Stream.of(Move.values())
                .flatMap(move -> from.after(move).stream().map(to -> from + " --" + move + "--> " + to));
    }

    @ParameterizedTest
    @EnumSource
    void everyStateThatIsNotOverCanBeGivenUpOrLeft(State state) {
        assertThat(state.requests().isEmpty()).isEqualTo(state.isOver());
    }

    @Test
    void whoIsPausedFailedOrOverIsNotFed() {
        assertThat(Stream.of(State.values()).filter(state -> !state.isFed()))
                .containsExactlyInAnyOrder(State.PAUSED, State.FAILED, State.CANCELLED, State.DROPPED);
    }

    @Test
    void askingAgainForWhatIsSoIsUnderstood() {
        assertThat(State.PAUSED.isReachedBy(Move.PAUSE)).isTrue();
        assertThat(State.CANCELLED.isReachedBy(Move.CANCEL)).isTrue();
        assertThat(State.DROPPED.isReachedBy(Move.DROP)).isTrue();
        assertThat(State.CANCELLED.isReachedBy(Move.DROP)).isFalse();
        assertThat(State.RETIRED.isReachedBy(Move.CANCEL)).isFalse();
    }
}
