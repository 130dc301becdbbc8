package io.replymeter.local.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replymeter.local.stack.CannotContinue;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RulesOptionsTest {

    @ParameterizedTest
    @CsvSource({"0, PT0S", "12h, PT12H", "7d, PT168H", "90m, PT90M", "30s, PT30S", "PT36H, PT36H", "P1D, PT24H"})
    void aTimeIsSaidShortOrInIso8601(String text, Duration duration) {
        assertThat(RulesOptions.duration(text)).isEqualTo(duration);
    }

    @Test
    void anythingElseIsRefusedWithAnExample() {
        assertThatThrownBy(() -> RulesOptions.duration("soon"))
                .isInstanceOf(CannotContinue.class)
                .hasMessage("'soon' is not a time: give one like 12h, 7d, PT36H or 0.");
    }

    @Test
    void onlyWhatIsGivenDiffersFromTheConfiguredRules() {
        Rules rules = new Rules();
        new CommandLine(rules).parseArgs("--answer-within", "12h", "--minimum-sample-size", "5");

        assertThat(rules.options.given()).hasToString("{answerWithin=PT12H, minimumSampleSize=5}");
    }

    @Command
    private static final class Rules {
        @Mixin
        private final RulesOptions options = new RulesOptions();
    }
}
