package io.replymeter.metrics.ingest;

import io.replymeter.events.ConversationDeleted;
import io.replymeter.events.Event;
import io.replymeter.events.EventCodec;
import io.replymeter.events.InquiryExcused;
import io.replymeter.events.InvalidEvent;
import io.replymeter.events.MessageCreated;
import io.replymeter.events.MessageDeleted;
import io.replymeter.events.MessageKind;
import io.replymeter.events.Role;
import io.replymeter.measurement.Excuse;
import io.replymeter.measurement.Fact;
import io.replymeter.measurement.Micros;
import io.replymeter.measurement.Ruleset;
import io.replymeter.metrics.ingest.DecodedRecord.DeletedConversation;
import io.replymeter.metrics.ingest.DecodedRecord.DeletedMessage;
import io.replymeter.metrics.ingest.DecodedRecord.Excused;
import io.replymeter.metrics.ingest.DecodedRecord.Ignored;
import io.replymeter.metrics.ingest.DecodedRecord.Message;
import io.replymeter.metrics.ingest.DecodedRecord.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides what a record means, from the record alone (rules 1 and 9). Thread-safe. */
final class RecordDecoder {

    private static final long TOLERANCE = Micros.of(Ruleset.CLOCK_TOLERANCE);

    private final EventCodec codec = new EventCodec();
    private final long maximumAge;

    RecordDecoder(Ruleset ruleset) {
        this.maximumAge = Micros.of(ruleset.maximumAge());
    }

    /**
     * @param value null for a tombstone, which breaks the contract
     * @param appendedAt the record's append time, in {@link Micros}
     */
    DecodedRecord decode(byte @Nullable [] value, long appendedAt) {
        Optional<Event> event;
        try {
            event = codec.decode(value);
        } catch (InvalidEvent e) {
            return new Refused(QuarantineReason.valueOf(e.reason().name()), String.valueOf(e.getMessage()));
        }
        return event.map(known -> classify(known, appendedAt)).orElseGet(() -> new Ignored(IgnoredReason.UNKNOWN_TYPE));
    }

    private DecodedRecord classify(Event event, long appendedAt) {
        if (event instanceof MessageCreated message) {
            return judged(message.sentAt(), appendedAt, classify(message));
        }
        if (event instanceof MessageDeleted deletion) {
            return judged(
                    deletion.deletedAt(),
                    appendedAt,
                    new DeletedMessage(deletion.conversationId(), deletion.messageId(), appendedAt));
        }
        if (event instanceof ConversationDeleted deletion) {
            return judged(deletion.deletedAt(), appendedAt, new DeletedConversation(deletion.conversationId()));
        }
        InquiryExcused excused = (InquiryExcused) event;
        Excuse excuse = new Excuse(
                Excuse.By.valueOf(excused.excusedBy().name()),
                Excuse.Reason.valueOf(excused.reason().name()),
                Micros.of(excused.excusedAt()));
        return judged(
                excused.excusedAt(),
                appendedAt,
                new Excused(excused.conversationId(), excused.messageId(), excuse, appendedAt));
    }

    private static DecodedRecord classify(MessageCreated message) {
        boolean providerActs = message.kind() == MessageKind.ACTION && message.senderRole() == Role.PROVIDER;
        if (message.kind() != MessageKind.HUMAN && !providerActs) {
            return new Ignored(IgnoredReason.NOT_HUMAN);
        }
        boolean fromClient = message.senderRole() == Role.CLIENT && message.recipientRole() == Role.PROVIDER;
        boolean fromProvider = message.senderRole() == Role.PROVIDER && message.recipientRole() == Role.CLIENT;
        if (!fromClient && !fromProvider) {
            return new Ignored(IgnoredReason.OTHER_ROLES);
        }
        UUID account = message.providerId();
        UUID provider = fromClient ? message.recipientId() : message.senderId();
        Instant answerableFrom = message.answerableFrom();
        return new Message(
                message.conversationId(),
                new Fact(
                        message.messageId(),
                        Micros.of(message.sentAt()),
                        fromClient ? message.senderId() : message.recipientId(),
                        account == null ? provider : account,
                        message.senderId(),
                        fromClient,
                        providerActs,
                        Micros.of(answerableFrom == null ? message.sentAt() : answerableFrom)));
    }

    /** Every record is judged by its own append time (rule 9). */
    private DecodedRecord judged(Instant stamp, long appendedAt, DecodedRecord intake) {
        long ahead = Micros.of(stamp) - appendedAt;
        if (ahead > TOLERANCE) {
            return new Refused(
                    QuarantineReason.FUTURE,
                    "stamped " + Duration.ofMillis(ahead / 1_000)
                            + " after its append time: set the producer's clock right");
        }
        return -ahead > maximumAge ? new Ignored(IgnoredReason.TOO_OLD) : intake;
    }
}
