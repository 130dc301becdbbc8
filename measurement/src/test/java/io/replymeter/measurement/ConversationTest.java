package io.replymeter.measurement;

import static io.replymeter.measurement.RandomConversation.DAY;
import static io.replymeter.measurement.RandomConversation.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.measurement.Conversation.Added;
import io.replymeter.measurement.ConversationCodec.Encoded;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private static final long HOUR = TimeUnit.HOURS.toMicros(1);
    private static final long TOLERANCE = TimeUnit.MINUTES.toMicros(5);
    private static final Ruleset RULES = Ruleset.DEFAULT;

    private final UUID client = UUID.randomUUID();
    private final UUID provider = UUID.randomUUID();
    private final UUID question = UUID.randomUUID();
    private final Conversation conversation = new Conversation(UUID.randomUUID());

    @Test
    void theOrderInWhichItIsToldMeansNothing() {
        forEachSeed(seed -> {
            RandomConversation random = new RandomConversation(seed);
            Conversation inOrder = random.inOrder();
            Conversation inAnother = random.inAnotherOrder();

            assertThat(bytes(inAnother)).as("seed %d", seed).isEqualTo(bytes(inOrder));
            assertThat(inAnother.inquiries(RULES)).as("seed %d", seed).isEqualTo(inOrder.inquiries(RULES));
            assertThat(inAnother.oldestAt(RULES)).as("seed %d", seed).isEqualTo(inOrder.oldestAt(RULES));
        });
    }

    @Test
    void storedAndReadItIsTheSame() {
        forEachSeed(seed -> {
            Conversation told = new RandomConversation(seed).inOrder();
            Conversation read = RandomConversation.stored(told);

            assertThat(bytes(read)).as("seed %d", seed).isEqualTo(bytes(told));
            assertThat(read.facts()).as("seed %d", seed).isEqualTo(told.facts());
            assertThat(read.amendments().deletions())
                    .as("seed %d", seed)
                    .isEqualTo(told.amendments().deletions());
            assertThat(read.amendments().excuses().keySet())
                    .as("seed %d", seed)
                    .isEqualTo(told.amendments().excuses().keySet());
        });
    }

    @Test
    void aFullConversationTakesOnlyWhatItKnowsAndHasRoomAgainAfterForgetting() {
        for (int i = 0; i < Conversation.MOST_MESSAGES; i++) {
            conversation.add(fromClient(new UUID(0, i), START + i));
        }
        Fact another = fromClient(new UUID(1, 1), START + 35 * DAY);

        assertThat(conversation.add(another)).isEqualTo(Added.FULL);
        assertThat(conversation.add(fromClient(new UUID(0, 7), START + 7))).isEqualTo(Added.DUPLICATE);

        conversation.forgetBefore(START + 34 * DAY, RULES);
        assertThat(conversation.add(another)).isEqualTo(Added.NEW);
    }

    @Test
    void deletionsAndExcusesAreLimitedTogether() {
        for (int i = 0; i < Conversation.MOST_AMENDMENTS - 1; i++) {
            conversation.deleteMessage(new UUID(0, i), START);
        }
        Excuse excuse = new Excuse(Excuse.By.PLATFORM, Excuse.Reason.SPAM, START);

        assertThat(conversation.excuse(question, excuse, START)).isEqualTo(Added.NEW);
        assertThat(conversation.excuse(question, excuse, START)).isEqualTo(Added.DUPLICATE);
        assertThat(conversation.excuse(UUID.randomUUID(), excuse, START)).isEqualTo(Added.FULL);
        assertThat(conversation.deleteMessage(question, START)).isEqualTo(Added.FULL);
        assertThat(conversation.deleteMessage(new UUID(0, 7), START)).isEqualTo(Added.NEW);
    }

    @Test
    void forgettingChangesNoInquiryOpenedSince() {
        forEachSeed(seed -> {
            Conversation whole = new RandomConversation(seed).inOrder();
            Conversation forgetful = RandomConversation.stored(whole);
            for (long limit = START; limit < START + 80 * DAY; limit += 3 * DAY) {
                forgetful.forgetBefore(limit, RULES);
                forgetful = RandomConversation.stored(forgetful);

                assertThat(openedFrom(limit, forgetful)).as("seed %d", seed).isEqualTo(openedFrom(limit, whole));
            }
        });
    }

    @Test
    void forgettingInStepsIsForgettingAtOnce() {
        forEachSeed(seed -> {
            Conversation told = new RandomConversation(seed).inOrder();
            Conversation inSteps = RandomConversation.stored(told);
            for (long limit = START; limit < START + 80 * DAY; limit += DAY) {
                inSteps.forgetBefore(limit, RULES);
                Conversation atOnce = RandomConversation.stored(told);
                atOnce.forgetBefore(limit, RULES);

                assertThat(bytes(inSteps)).as("seed %d", seed).isEqualTo(bytes(atOnce));
            }
        });
    }

    @Test
    void oldestAtIsTheLatestLimitAtWhichNothingIsForgotten() {
        forEachSeed(seed -> {
            Conversation told = new RandomConversation(seed).inOrder();
            while (!told.isEmpty()) {
                long oldest = told.oldestAt(RULES).orElseThrow();
                List<String> before = bytes(told);

                told.forgetBefore(oldest, RULES);
                assertThat(bytes(told)).as("seed %d, at its oldest", seed).isEqualTo(before);
                told.forgetBefore(oldest + 1, RULES);
                assertThat(bytes(told)).as("seed %d, a microsecond later", seed).isNotEqualTo(before);
            }
            assertThat(told.oldestAt(RULES)).isEmpty();
        });
    }

    @Test
    void copiesAreDuplicatesOrConflicts() {
        Fact message = fromClient(question, START);

        assertThat(conversation.add(message)).isEqualTo(Added.NEW);
        assertThat(conversation.add(message)).isEqualTo(Added.DUPLICATE);
        assertThat(conversation.add(fromClient(question, START + 1))).isEqualTo(Added.CONFLICT);
        assertThat(conversation.facts()).containsExactly(message);
        assertThat(conversation.add(fromClient(question, START - 1))).isEqualTo(Added.CONFLICT);
        assertThat(conversation.facts()).containsExactly(fromClient(question, START - 1));
    }

    @Test
    void ofCopiesAtTheSameTimeTheLesserSendersIsKept() {
        UUID low = new UUID(1, -1);
        UUID high = new UUID(-1, 1);
        UUID least = new UUID(1, Long.MIN_VALUE);
        conversation.add(fromColleague(high));

        conversation.add(fromColleague(low));
        conversation.add(fromColleague(least));

        assertThat(conversation.facts()).extracting(Fact::senderId).containsExactly(least);
    }

    private Fact fromColleague(UUID sender) {
        return new Fact(question, START, client, provider, sender, false, false, START);
    }

    @Test
    void aDeletedConversationForgetsEverythingForGood() {
        conversation.add(fromClient(question, START));
        conversation.deleteMessage(question, START);
        conversation.delete();

        assertThat(conversation.add(fromClient(question, START))).isEqualTo(Added.CONVERSATION_DELETED);
        conversation.deleteMessage(question, START);
        assertThat(conversation.inquiries(RULES)).isEmpty();
        assertThat(conversation.isEmpty()).isFalse();
        assertThat(conversation.oldestAt(RULES)).isEmpty();
        assertThat(RandomConversation.stored(conversation).isDeleted()).isTrue();
    }

    @Test
    void theDeletionOfAMessageIsKeptWhileItMayStillArrive() {
        conversation.deleteMessage(question, START);

        assertThat(conversation.oldestAt(RULES)).isEqualTo(OptionalLong.of(START + TOLERANCE));
        conversation.forgetBefore(START + TOLERANCE, RULES);
        conversation.add(fromClient(question, START + TOLERANCE));
        assertThat(conversation.inquiries(RULES)).isEmpty();
    }

    @Test
    void theDeletionOfAMessageIsKeptAsLongAsTheMessage() {
        conversation.add(fromClient(question, START + DAY));
        conversation.deleteMessage(question, START);
        conversation.forgetBefore(START + DAY, RULES);

        assertThat(conversation.inquiries(RULES)).isEmpty();
        conversation.forgetBefore(START + DAY + 1, RULES);
        assertThat(conversation.isEmpty()).isTrue();
    }

    @Test
    void anInquiryThatIsForgottenIsStillAnsweredAndNotAskedAgain() {
        conversation.add(fromClient(question, START));
        conversation.forgetBefore(START + 1, RULES);
        conversation.add(fromClient(UUID.randomUUID(), START + HOUR));
        conversation.add(fromProvider(START + 2 * HOUR));
        conversation.add(fromClient(UUID.randomUUID(), START + 3 * HOUR));

        assertThat(conversation.inquiries(RULES)).isEmpty();
    }

    @Test
    void aSilenceIsMeasuredFromAProvidersForgottenMessage() {
        conversation.add(fromProvider(START));
        conversation.forgetBefore(START + 1, RULES);
        conversation.add(fromClient(UUID.randomUUID(), START + DAY - 1));
        conversation.add(fromClient(UUID.randomUUID(), START + DAY));

        assertThat(conversation.inquiries(RULES))
                .singleElement()
                .extracting(Inquiry::openedAt)
                .isEqualTo(START + DAY);
    }

    @Test
    void aCheckpointGoesWhenHorizonAndSilenceHavePassed() {
        conversation.add(fromClient(question, START));
        conversation.forgetBefore(START + 8 * DAY, RULES);
        assertThat(conversation.isEmpty()).isFalse();

        conversation.forgetBefore(START + 8 * DAY + 1, RULES);
        assertThat(conversation.isEmpty()).isTrue();
    }

    private static void forEachSeed(LongConsumer test) {
        LongStream.range(0, 300).forEach(test);
    }

    private static List<Inquiry> openedFrom(long limit, Conversation conversation) {
        return conversation.inquiries(RULES).stream()
                .filter(inquiry -> inquiry.openedAt() >= limit)
                .toList();
    }

    private static List<String> bytes(Conversation conversation) {
        Encoded encoded = ConversationCodec.encode(conversation);
        return List.of(
                Arrays.toString(encoded.threads()),
                Arrays.toString(encoded.facts()),
                Arrays.toString(encoded.deletions()),
                Arrays.toString(encoded.extras()));
    }

    private Fact fromClient(UUID messageId, long sentAt) {
        return new Fact(messageId, sentAt, client, provider, true);
    }

    private Fact fromProvider(long sentAt) {
        return new Fact(UUID.randomUUID(), sentAt, client, provider, false);
    }
}
