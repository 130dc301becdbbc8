package io.replymeter.local.demo;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.local.api.NewUser;
import io.replymeter.local.api.NewUser.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MarketplaceTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Marketplace marketplace = new Marketplace(1, NOW);

    @Test
    void theSameSeedAndTimeGiveTheSameMarketplace() {
        Marketplace again = new Marketplace(1, NOW);

        assertThat(again.messages()).isEqualTo(marketplace.messages());
        assertThat(again.providers()).isEqualTo(marketplace.providers());
        assertThat(again.clients()).isEqualTo(marketplace.clients());
    }

    @Test
    void itHasFortyProvidersAndFourHundredClientsWithNamesOfTheirOwn() {
        assertThat(marketplace.providers()).hasSize(40);
        assertThat(marketplace.clients()).hasSize(400);
        assertThat(marketplace.clients().stream().map(NewUser::displayName)).doesNotHaveDuplicates();
        assertThat(marketplace.providers().stream()
                        .map(provider -> provider.user().displayName()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyHabitIsPresent() {
        assertThat(marketplace.providers())
                .extracting(Marketplace.Provider::habit)
                .contains(Habit.values());
    }

    @Test
    void messagesLieInTheThirtyDaysBeforeItsTimeOldestFirst() {
        assertThat(marketplace.messages())
                .hasSizeGreaterThan(3_000)
                .isSortedAccordingTo(Comparator.comparing(Marketplace.Message::sentAt))
                .allSatisfy(message ->
                        assertThat(message.sentAt()).isBetween(NOW.minus(Duration.ofDays(30)), NOW.minusSeconds(1)));
    }

    @Test
    void aConversationHasOneClientAndOneProviderAndBeginsWithTheClient() {
        Map<UUID, List<Marketplace.Message>> conversations =
                marketplace.messages().stream().collect(groupingBy(Marketplace.Message::conversation));

        assertThat(conversations.values()).allSatisfy(messages -> {
            assertThat(messages.stream().map(Marketplace.Message::client).collect(toSet()))
                    .hasSize(1);
            assertThat(messages.stream().map(Marketplace.Message::provider).collect(toSet()))
                    .hasSize(1);
            assertThat(messages.get(0).sender()).isEqualTo(Role.CLIENT);
        });
    }

    @Test
    void identifiersAreUniqueVersionFourUuids() {
        assertThat(marketplace.messages().stream().map(Marketplace.Message::id))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id.version()).isEqualTo(4))
                .allSatisfy(id -> assertThat(id.variant()).isEqualTo(2));
    }

    @Test
    void theSilentNeverWriteAndTheNewHaveFewerThanThreeInquiries() {
        assertThat(written(Habit.SILENT))
                .allSatisfy(message -> assertThat(message.sender()).isEqualTo(Role.CLIENT));
        assertThat(written(Habit.NEW).stream()
                        .map(Marketplace.Message::conversation)
                        .distinct())
                .hasSize(2);
    }

    @Test
    void whatMakesThePeopleOfTheDemoDifferentIsInTheirMessages() {
        assertThat(written(Habit.AUTO_REPLYING))
                .anyMatch(message -> message.kind().equals("AUTO_REPLY"));
        assertThat(written(Habit.ACCEPTING)).anyMatch(message -> message.kind().equals("ACTION"));
        assertThat(written(Habit.TEAM).stream()
                        .filter(message -> message.sender() == Role.PROVIDER)
                        .map(Marketplace.Message::member)
                        .distinct())
                .hasSize(3);
        assertThat(written(Habit.SPAMMED)).anyMatch(message -> message.spamSince() != null);
        assertThat(written(Habit.OFFICE_HOURS))
                .filteredOn(message -> message.sender() == Role.CLIENT)
                .allMatch(message -> !requireNonNull(message.answerableFrom()).isBefore(message.sentAt()))
                .anyMatch(message -> requireNonNull(message.answerableFrom()).isAfter(message.sentAt()));
    }

    private List<Marketplace.Message> written(Habit habit) {
        List<UUID> providers = marketplace.providers().stream()
                .filter(provider -> provider.habit() == habit)
                .map(provider -> provider.user().id())
                .toList();
        return marketplace.messages().stream()
                .filter(message -> providers.contains(message.provider()))
                .toList();
    }
}
