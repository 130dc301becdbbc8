package io.replymeter.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.faults.check.Snapshot;
import io.replymeter.faults.check.Snapshot.DayRow;
import io.replymeter.faults.check.Snapshot.Tables;
import io.replymeter.faults.check.Snapshot.TopicRecord;
import io.replymeter.faults.stack.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A campaign too short to find much; {@code faults/run} is the long one. Data and logs stay in {@code target/campaign}. */
class CampaignIT {

    private static final Set<String> SHORT = Set.of(
            "kill -9 metrics-service",
            "kill -9 messaging-service",
            "kill -STOP the broker",
            "all database sessions ended",
            "answers held, then link cut",
            "the topic gets one more partition",
            "link cut");
    private static final String FIRST = "\"sequence\":1}";
    private static final String SENDER_ROLE = "\"senderRole\":\"[A-Z]+\"";

    @Test
    void nothingIsLostOrCountedTwiceAndTheVerifierWouldHaveSeenIt() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "campaign")), "short");
        try (Campaign campaign = new Campaign(new Cluster(folder), 1, System.out::println)) {
            List<Fault> kinds = campaign.kinds().stream()
                    .filter(kind -> SHORT.contains(kind.kind()))
                    .toList();
            assertThat(kinds).hasSameSizeAs(SHORT);

            Report report = campaign.runOnce(kinds);

            System.out.println(report.markdown("short campaign"));
            assertThat(report.findings()).isEmpty();
            whatIsWrongIsFound(campaign);
        }
    }

    private static void whatIsWrongIsFound(Campaign campaign) throws Exception {
        found(campaign, "lost: posts in the topic", there -> there.topic().remove(firstPost(there)));
        found(
                campaign,
                "lost: posts in the topic",
                changed(value -> value.replaceFirst(SENDER_ROLE, "\"senderRole\":\"ADMIN\"")));
        found(
                campaign,
                "twice: posts in the topic",
                changed(value -> value.replace("\"sentAt\":\"2", "\"sentAt\":\"3")));
        found(campaign, "differs: the messages", changed(value -> value.replace(FIRST, "\"sequence\":9}")));
        found(campaign, "lost: the topic has no record", there -> there.topic().removeIf(CampaignIT::isOfOthers));
        found(campaign, "lost: posts in the database", there -> there.messages().remove(0));
        found(campaign, "lost: quarantine", there -> there.quarantine().clear());
        found(
                campaign,
                "lost: generation",
                inTables(tables -> tables.nextOffsets().replaceAll((one, next) -> next - 1)));
        found(campaign, "lost: facts", inTables(tables -> tables.facts().clear()));
        found(campaign, "lost: inquiries", inTables(tables -> tables.inquiries().remove(0)));
        found(
                campaign,
                "twice: inquiries",
                inTables(tables -> tables.inquiries().add(tables.inquiries().get(0))));
        found(
                campaign,
                "lost: days",
                inTables(tables -> tables.days().set(0, oneMore(tables.days().get(0)))));
        found(
                campaign,
                "differs: metrics-1 shows",
                there -> there.shown().get(0).days().remove(0));
        assertThat(campaign.findings(there -> {})).isEmpty();
    }

    private static void found(Campaign campaign, String finding, Consumer<Snapshot> damage) throws Exception {
        assertThat(campaign.findings(damage)).anyMatch(found -> found.startsWith(finding));
    }

    private static Consumer<Snapshot> changed(UnaryOperator<String> change) {
        return there -> {
            TopicRecord post = firstPost(there);
            there.topic()
                    .replaceAll(record -> record.equals(post)
                            ? new TopicRecord(post.place(), post.appendedAt(), change.apply(post.value()))
                            : record);
        };
    }

    private static Consumer<Snapshot> inTables(Consumer<Tables> damage) {
        return there -> there.generations().values().forEach(damage);
    }

    /** One that was sent once: of a repeated one, the other copy would stand in for it. */
    private static TopicRecord firstPost(Snapshot there) {
        Map<String, Long> copies = there.topic().stream().collect(groupingBy(TopicRecord::value, counting()));
        return there.topic().stream()
                .filter(record -> record.value().contains(FIRST) && copies.getOrDefault(record.value(), 0L) == 1)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOfOthers(TopicRecord record) {
        return !record.value().contains("\"sequence\"");
    }

    private static DayRow oneMore(DayRow day) {
        return new DayRow(
                day.providerId(),
                day.day(),
                day.inquiries(),
                day.answered() + 1,
                day.answeredLate(),
                day.excusedByPlatform(),
                day.excusedByProvider(),
                day.responseMicros());
    }
}
