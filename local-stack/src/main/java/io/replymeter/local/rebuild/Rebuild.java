package io.replymeter.local.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A rebuild as the ops API describes it, and its description for people. */
public record Rebuild(JsonNode json) {

    private static final Set<String> UNDER_WAY = Set.of("REPLAYING", "CATCHING_UP", "VERIFYING");
    private static final Set<String> ENDED = Set.of("RETIRED", "DROPPED", "CANCELLED");

    public int generation() {
        return json.path("generation").asInt();
    }

    String state() {
        return json.path("state").asString();
    }

    /** Why it is paused or failed, or what it waits for; empty if there is no reason. */
    String reason() {
        return json.path("reason").asString("");
    }

    boolean isUnderWay() {
        return UNDER_WAY.contains(state());
    }

    public boolean isLive() {
        return state().equals("ACTIVE");
    }

    public boolean hasEnded() {
        return ENDED.contains(state());
    }

    /** How many events are replayed and how many there are; null once the replay has ended. */
    @Nullable JsonNode progress() {
        JsonNode progress = json.path("progress");
        return progress.isObject() ? progress : null;
    }

    private @Nullable JsonNode verification() {
        JsonNode verification = json.path("verification");
        return verification.isObject() ? verification : null;
    }

    boolean isVerifiedEqual() {
        JsonNode verification = verification();
        return verification != null
                && verification.path("obstacle").asString("").isEmpty()
                && verification.path("differences").asLong() == 0
                && verification.path("providers").path("different").asLong() == 0;
    }

    /** The exit code that tells scripts the state. */
    public ExitCode exitCode() {
        return switch (state()) {
            case "READY" -> isVerifiedEqual() ? ExitCode.DONE : ExitCode.DIFFERENCES;
            case "FAILED", "CANCELLED" -> ExitCode.FAILED;
            case "PAUSED" -> ExitCode.PAUSED;
            default -> isUnderWay() ? ExitCode.UNDER_WAY : ExitCode.DONE;
        };
    }

    /** A description in one line. */
    public String summary() {
        String summary = "Generation " + generation() + ": " + state();
        JsonNode progress = progress();
        if (progress != null && isUnderWay()) {
            summary += format(
                    ", %.1f %% of %,d events",
                    progress.path("percent").asDouble(), progress.path("total").asLong());
            summary += known(progress, "eventsPerSecond", ", %,.0f events/s");
            summary += known(progress, "secondsLeft", ", %,.0f s left");
        }
        return reason().isEmpty() ? summary : summary + " (" + reason() + ")";
    }

    private static String known(JsonNode json, String field, String format) {
        JsonNode value = json.path(field);
        return value.isNumber() ? format(format, value.asDouble()) : "";
    }

    /** A description in several lines. */
    public List<String> description() {
        List<String> lines = new ArrayList<>();
        lines.add(summary());
        JsonNode rules = json.path("rules");
        lines.add("  rules: answer within " + rules.path("answerWithin").asString() + ", horizon "
                + rules.path("horizon").asString() + ", re-inquiry silence "
                + rules.path("reinquirySilence").asString() + ", longest deferral "
                + rules.path("longestDeferral").asString() + ", excuse allowance "
                + rules.path("excuseAllowancePercent").asInt() + "%, window "
                + rules.path("windowDays").asInt() + " days, sample of at least "
                + rules.path("minimumSampleSize").asInt());
        if (json.path("lag").isNumber()) {
            lines.add(format("  lag: %,d events", json.path("lag").asLong()));
        }
        if (json.path("throttle").isNumber()) {
            lines.add(
                    format("  throttled to %,d events/s", json.path("throttle").asLong()));
        }
        describeVerification(lines);
        List<String> actions = new ArrayList<>();
        json.path("actions").forEach(action -> actions.add(action.asString().toLowerCase(Locale.ROOT)));
        if (!actions.isEmpty()) {
            lines.add("  possible actions: " + String.join(", ", actions));
        }
        return lines;
    }

    private void describeVerification(List<String> lines) {
        JsonNode verification = verification();
        if (verification == null) {
            return;
        }
        lines.add("  verified at " + verification.path("verifiedAt").asString() + ", valid for a switch until "
                + verification.path("validUntil").asString());
        if (!verification.path("obstacle").asString("").isEmpty()) {
            lines.add("  nothing could be compared: "
                    + verification.path("obstacle").asString());
            return;
        }
        JsonNode providers = verification.path("providers");
        lines.add(format(
                "  providers: %,d compared, %,d differ",
                providers.path("compared").asLong(), providers.path("different").asLong()));
        lines.add(format(
                "  rows: %,d differ, %,d of them in threads that began before the topic",
                verification.path("differences").asLong(),
                verification.path("beganBeforeTopic").asLong()));
        if (!isVerifiedEqual()) {
            lines.add("  largest differences: " + verification.path("largest"));
        }
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
