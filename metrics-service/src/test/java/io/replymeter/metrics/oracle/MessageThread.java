package io.replymeter.metrics.oracle;

import static java.util.Comparator.comparing;

import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.events.MessageCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A thread read by rules 3 to 5.
 *
 * @param clock when the clock of an inquiry starts that a message opens, unless an answer comes before
 * @param excuses of a message
 * @param messages those that count, in the order in which they are read
 */
record MessageThread(
        Thresholds thresholds,
        Function<MessageCreated, Instant> clock,
        Function<MessageCreated, List<InquiryExcused>> excuses,
        CountedMessages.ThreadKey key,
        List<MessageCreated> messages) {

    List<Inquiry> inquiries() {
        List<Integer> openings = new ArrayList<>();
        for (int at = 0; at < messages.size(); at++) {
            int latest = openings.isEmpty() ? -1 : openings.get(openings.size() - 1);
            if (opensInquiry(at, latest)) {
                openings.add(at);
            }
        }
        return IntStream.range(0, openings.size())
                .mapToObj(
                        i -> inquiry(openings.get(i), i + 1 < openings.size() ? openings.get(i + 1) : messages.size()))
                .toList();
    }

    /** Rule 3. {@code latest} is the place of the latest inquiry's initial message before {@code at}, or -1. */
    private boolean opensInquiry(int at, int latest) {
        return isByClient(at) && (latest < 0 || !isOpen(latest, at)) && providerWasSilent(at);
    }

    private boolean isOpen(int opening, int at) {
        boolean isClosed = excuses(opening, at)
                .anyMatch(named -> sentAt(at).isAfter(named.excuse().excusedAt())
                        && sentAt(at).isAfter(named.sentAt()));
        return response(opening, at).isEmpty()
                && isAtMost(thresholds.horizon(), Duration.between(clockStart(opening), sentAt(at)))
                && !isClosed;
    }

    private boolean providerWasSilent(int at) {
        for (int earlier = 0; earlier < at; earlier++) {
            if (!isByClient(earlier)
                    && Duration.between(sentAt(earlier), sentAt(at)).compareTo(thresholds.reinquirySilence()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Rule 4: the provider's first message after the opening and before {@code end}, if it came in time. */
    private Optional<MessageCreated> response(int opening, int end) {
        return messages.subList(opening + 1, end).stream()
                .filter(message -> !CountedMessages.isByClient(message))
                .findFirst()
                .filter(message ->
                        isAtMost(thresholds.horizon(), Duration.between(clockStart(opening), message.sentAt())));
    }

    private record NamedExcuse(InquiryExcused excuse, Instant sentAt) {}

    /** Rule 5: those that hold and name a client's message before {@code end} of the inquiry, which has no response then. */
    private Stream<NamedExcuse> excuses(int opening, int end) {
        return messages.subList(opening, end).stream()
                .takeWhile(CountedMessages::isByClient)
                .filter(message ->
                        isAtMost(thresholds.horizon(), Duration.between(clockStart(opening), message.sentAt())))
                .flatMap(message -> excuses.apply(message).stream()
                        .filter(excuse -> excuse.excusedBy() == ExcusedBy.PLATFORM
                                || isAtMost(
                                        thresholds.answerWithin(),
                                        Duration.between(clockStart(opening), excuse.excusedAt())))
                        .map(excuse -> new NamedExcuse(excuse, message.sentAt())));
    }

    /** @param end the place of the next inquiry's initial message, or the number of messages */
    private Inquiry inquiry(int opening, int end) {
        Optional<MessageCreated> response = response(opening, end);
        Optional<InquiryExcused> excuse = excuses(opening, end)
                .map(NamedExcuse::excuse)
                .filter(named -> response.isEmpty())
                .min(comparing(InquiryExcused::excusedBy)
                        .reversed()
                        .thenComparing(InquiryExcused::excusedAt)
                        .thenComparing(InquiryExcused::reason));
        Instant openedAt = response.map(MessageCreated::sentAt)
                .filter(clockStart(opening)::isAfter)
                .orElse(clockStart(opening));
        return new Inquiry(
                key.providerId(),
                key.clientId(),
                key.conversationId(),
                messages.get(opening).messageId(),
                sentAt(opening),
                openedAt,
                response.map(MessageCreated::messageId).orElse(null),
                response.map(MessageCreated::sentAt).orElse(null),
                excuse.map(Inquiry.Excuse::of).orElse(null));
    }

    private boolean isByClient(int at) {
        return CountedMessages.isByClient(messages.get(at));
    }

    private Instant sentAt(int at) {
        return messages.get(at).sentAt();
    }

    private Instant clockStart(int at) {
        return clock.apply(messages.get(at));
    }

    private static boolean isAtMost(Duration limit, Duration duration) {
        return duration.compareTo(limit) <= 0;
    }
}
