package io.replymeter.metrics.oracle;

import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparing;

import io.replymeter.events.InquiryExcused;
import io.replymeter.events.MessageCreated;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a log means, by the letter of ruleset 2 and by brute force: it keeps no state, folds nothing and forgets nothing,
 * so little in it can be wrong. Slow, immutable.
 */
public final class Oracle implements Measurement {

    private static final Comparator<Inquiry> NEWEST_FIRST = comparing(Inquiry::openedAt)
            // The texts of ids sort as the unsigned numbers do.
            .thenComparing(inquiry -> inquiry.conversationId().toString())
            .thenComparing(inquiry -> inquiry.initialMessageId().toString())
            .thenComparing(inquiry -> inquiry.clientId().toString())
            .reversed();

    private final Thresholds thresholds;
    private final Set<MessageCreated> messages = new HashSet<>();
    private final Set<Inquiry> inquiries = new HashSet<>();

    /** @param log every record there is, in any order, with any number of duplicates */
    public Oracle(Thresholds thresholds, Collection<LogRecord> log) {
        this.thresholds = thresholds;
        CountedMessages counted = new CountedMessages(thresholds);
        Function<MessageCreated, List<InquiryExcused>> excuses = counted.excuses(log);
        counted.byThread(log).forEach((key, thread) -> {
            messages.addAll(thread);
            inquiries.addAll(new MessageThread(thresholds, counted::clockStart, excuses, key, thread).inquiries());
        });
    }

    /** All messages that count, however old. */
    public Set<MessageCreated> messages() {
        return Set.copyOf(messages);
    }

    /** All inquiries of all providers, however old. */
    public Set<Inquiry> inquiries() {
        return Set.copyOf(inquiries);
    }

    @Override
    public Metrics metrics(UUID provider, Instant now) {
        List<Inquiry> inquiries = window(provider, now);
        int answered = count(Outcome.ANSWERED, inquiries, now);
        int pending = count(Outcome.PENDING, inquiries, now);
        int allowance = thresholds.excuseAllowancePercent() == 0
                ? 0
                : Math.max(2, inquiries.size() * thresholds.excuseAllowancePercent() / 100);
        int byProvider = (int) inquiries.stream()
                .filter(inquiry ->
                        inquiry.excuse() != null && inquiry.excuse().by().equals("PROVIDER"))
                .count();
        int beyond = Math.max(0, byProvider - allowance);
        int excused = count(Outcome.EXCUSED, inquiries, now) - beyond;
        int sampleSize = inquiries.size() - pending - excused;
        boolean available = sampleSize >= thresholds.minimumSampleSize();
        ResponseTimes times = available ? ResponseTimes.of(inquiries) : ResponseTimes.NONE;
        return new Metrics(
                provider,
                available ? "AVAILABLE" : "INSUFFICIENT_DATA",
                new Window(thresholds.windowDays(), firstDay(now), dayOf(now)),
                sampleSize,
                thresholds.minimumSampleSize(),
                pending,
                answered,
                count(Outcome.ANSWERED_LATE, inquiries, now),
                count(Outcome.OVERDUE, inquiries, now) + count(Outcome.NO_RESPONSE, inquiries, now) + beyond,
                excused,
                beyond,
                available ? percent(answered, sampleSize) : null,
                rounded(times.average()),
                rounded(times.percentile("0.5")),
                rounded(times.percentile("0.9")),
                now);
    }

    @Override
    public List<Day> days(UUID provider, Instant now) {
        List<Inquiry> inquiries = window(provider, now);
        return firstDay(now)
                .datesUntil(dayOf(now).plusDays(1))
                .map(date -> day(
                        date,
                        inquiries.stream()
                                .filter(inquiry -> dayOf(inquiry.openedAt()).equals(date))
                                .toList(),
                        now))
                .toList();
    }

    @Override
    public List<ProviderInquiry> inquiries(UUID provider, @Nullable Outcome outcome, Instant now) {
        return window(provider, now).stream()
                .map(inquiry -> providerInquiry(inquiry, now))
                .filter(inquiry -> outcome == null || inquiry.outcome() == outcome)
                .toList();
    }

    /** Rule 5. */
    public Outcome outcome(Inquiry inquiry, Instant now) {
        Duration responseTime = inquiry.responseTime();
        if (responseTime != null) {
            return isWithin(responseTime, thresholds.answerWithin()) ? Outcome.ANSWERED : Outcome.ANSWERED_LATE;
        }
        if (inquiry.excuse() != null) {
            return Outcome.EXCUSED;
        }
        Duration age = Duration.between(inquiry.openedAt(), now);
        if (isWithin(age, thresholds.answerWithin())) {
            return Outcome.PENDING;
        }
        return isWithin(age, thresholds.horizon()) ? Outcome.OVERDUE : Outcome.NO_RESPONSE;
    }

    /** Rule 6, the newest first. */
    private List<Inquiry> window(UUID provider, Instant now) {
        return inquiries.stream()
                .filter(inquiry -> inquiry.providerId().equals(provider))
                .filter(inquiry -> !dayOf(inquiry.openedAt()).isBefore(firstDay(now)))
                .filter(inquiry -> !dayOf(inquiry.openedAt()).isAfter(dayOf(now)))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static boolean isWithin(Duration duration, Duration limit) {
        return duration.compareTo(limit) <= 0;
    }

    private LocalDate firstDay(Instant now) {
        return dayOf(now).minusDays(thresholds.windowDays() - 1);
    }

    private static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, UTC);
    }

    private int count(Outcome outcome, List<Inquiry> inquiries, Instant now) {
        return (int) inquiries.stream()
                .filter(inquiry -> outcome(inquiry, now) == outcome)
                .count();
    }

    private Day day(LocalDate date, List<Inquiry> opened, Instant now) {
        int answered = count(Outcome.ANSWERED, opened, now);
        int answeredLate = count(Outcome.ANSWERED_LATE, opened, now);
        int excused = count(Outcome.EXCUSED, opened, now);
        return new Day(
                date,
                opened.size(),
                answered,
                answeredLate,
                opened.size() - answered - answeredLate - excused,
                excused,
                rounded(ResponseTimes.of(opened).average()));
    }

    private ProviderInquiry providerInquiry(Inquiry inquiry, Instant now) {
        Outcome outcome = outcome(inquiry, now);
        Inquiry.Excuse excuse = inquiry.excuse();
        return new ProviderInquiry(
                inquiry.conversationId(),
                inquiry.clientId(),
                inquiry.initialMessageId(),
                inquiry.askedAt(),
                inquiry.openedAt(),
                outcome == Outcome.PENDING ? inquiry.openedAt().plus(thresholds.answerWithin()) : null,
                inquiry.responseMessageId(),
                inquiry.respondedAt(),
                rounded(ResponseTimes.of(List.of(inquiry)).average()),
                excuse == null ? null : excuse.by(),
                excuse == null ? null : excuse.reason(),
                excuse == null ? null : excuse.at(),
                outcome);
    }

    private static BigDecimal percent(int part, int whole) {
        return BigDecimal.valueOf(100L * part).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }

    /** To the microsecond. */
    private static @Nullable Double rounded(@Nullable BigDecimal seconds) {
        return seconds == null
                ? null
                : (Double) seconds.setScale(6, RoundingMode.HALF_UP).doubleValue();
    }
}
