package io.replymeter.metrics.oracle;

import io.replymeter.events.MessageCreated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A thread read by rules 3 and 4.
 *
 * @param messages those that count, in the order in which they are read
 */
record MessageThread(Thresholds thresholds, CountedMessages.ThreadKey key, List<MessageCreated> messages) {

    List<Inquiry> inquiries() {
        List<Inquiry> inquiries = new ArrayList<>();
        int latest = -1;
        for (int at = 0; at < messages.size(); at++) {
            if (opensInquiry(at, latest)) {
                inquiries.add(inquiry(at));
                latest = at;
            }
        }
        return inquiries;
    }

    /** Rule 3. {@code latest} is the place of the latest inquiry's initial message before {@code at}, or -1. */
    private boolean opensInquiry(int at, int latest) {
        return CountedMessages.isByClient(messages.get(at)) && !isOpen(latest, at) && providerWasSilent(at);
    }

    private boolean isOpen(int opening, int at) {
        if (opening < 0) {
            return false;
        }
        boolean respondedBefore =
                response(opening).filter(messages.subList(0, at)::contains).isPresent();
        return !respondedBefore && isAtMost(thresholds.horizon(), elapsed(opening, at));
    }

    private boolean providerWasSilent(int at) {
        for (int earlier = 0; earlier < at; earlier++) {
            if (!CountedMessages.isByClient(messages.get(earlier))
                    && elapsed(earlier, at).compareTo(thresholds.reinquirySilence()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Rule 4: the provider's first message after the opening, if it came in time. */
    private Optional<MessageCreated> response(int opening) {
        for (int later = opening + 1; later < messages.size(); later++) {
            if (!CountedMessages.isByClient(messages.get(later))) {
                return isAtMost(thresholds.horizon(), elapsed(opening, later))
                        ? Optional.of(messages.get(later))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Inquiry inquiry(int opening) {
        return new Inquiry(
                key.providerId(),
                key.clientId(),
                key.conversationId(),
                messages.get(opening).messageId(),
                messages.get(opening).sentAt(),
                response(opening).map(MessageCreated::messageId).orElse(null),
                response(opening).map(MessageCreated::sentAt).orElse(null));
    }

    private Duration elapsed(int from, int to) {
        return Duration.between(messages.get(from).sentAt(), messages.get(to).sentAt());
    }

    private static boolean isAtMost(Duration limit, Duration duration) {
        return duration.compareTo(limit) <= 0;
    }
}
