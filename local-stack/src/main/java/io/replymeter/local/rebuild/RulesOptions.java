package io.replymeter.local.rebuild;

import io.replymeter.local.stack.CannotContinue;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for rules that differ from the configured ones. */
public final class RulesOptions {

    private static final Pattern SIMPLE = Pattern.compile("(\\d+)([smhd])");

    @Option(
            names = "--answer-within",
            paramLabel = "TIME",
            description = "within this time a response counts as answered")
    private @Nullable String answerWithin;

    @Option(names = "--horizon", paramLabel = "TIME", description = "how long an inquiry waits for its response")
    private @Nullable String horizon;

    @Option(
            names = "--reinquiry-silence",
            paramLabel = "TIME",
            description = "how long the provider must have been silent before a new inquiry; 0 for none")
    private @Nullable String reinquirySilence;

    @Option(
            names = "--longest-deferral",
            paramLabel = "TIME",
            description = "how long after a client's message the clock may start at most; 0 starts it at once")
    private @Nullable String longestDeferral;

    @Option(
            names = "--excuse-allowance-percent",
            paramLabel = "N",
            description = "which share of the inquiries a provider may excuse, at least 2; 0 for none")
    private @Nullable Integer excuseAllowancePercent;

    @Option(names = "--window-days", paramLabel = "N", description = "how many UTC calendar days count")
    private @Nullable Integer windowDays;

    @Option(
            names = "--minimum-sample-size",
            paramLabel = "N",
            description = "below this sample size no number is shown")
    private @Nullable Integer minimumSampleSize;

    /** The options that the user gave, named as in the ops API. */
    public Map<String, Object> given() {
        Map<String, Object> given = new TreeMap<>();
        put(given, "answerWithin", answerWithin);
        put(given, "horizon", horizon);
        put(given, "reinquirySilence", reinquirySilence);
        put(given, "longestDeferral", longestDeferral);
        if (excuseAllowancePercent != null) {
            given.put("excuseAllowancePercent", excuseAllowancePercent);
        }
        if (windowDays != null) {
            given.put("windowDays", windowDays);
        }
        if (minimumSampleSize != null) {
            given.put("minimumSampleSize", minimumSampleSize);
        }
        return given;
    }

    private static void put(Map<String, Object> given, String name, @Nullable String time) {
        if (time != null) {
            given.put(name, duration(time).toString());
        }
    }

    /** @throws CannotContinue when {@code text} has another form than 12h, 7d, PT36H or 0 */
    static Duration duration(String text) {
        Matcher simple = SIMPLE.matcher(text);
        try {
            if (text.equals("0")) {
                return Duration.ZERO;
            }
            if (!simple.matches()) {
                return Duration.parse(text);
            }
            boolean days = simple.group(2).equals("d");
            return Duration.parse(
                    (days ? "P" : "PT") + simple.group(1) + simple.group(2).toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw new CannotContinue("'" + text + "' is not a time: give one like 12h, 7d, PT36H or 0.", e);
        }
    }
}
