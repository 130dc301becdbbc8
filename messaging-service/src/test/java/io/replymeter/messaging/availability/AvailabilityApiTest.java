package io.replymeter.messaging.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.events.Event;
import io.replymeter.events.MessageCreated;
import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import io.replymeter.messaging.outbox.TopicReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@MessagingTest
@ExtendWith(OutputCaptureExtension.class)
class AvailabilityApiTest {

    private static final String PATH = "/api/v1/me/availability";
    private static final String HOURS = "[{\"day\":\"MONDAY\",\"from\":\"09:00\",\"to\":\"19:00\"}]";

    /** Where it is noon, so that no date changes during a test. */
    private static final String ZONE = zoneWhereItIsNoon();

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Value("${replymeter.events.topic}")
    String topic;

    UUID client;
    UUID provider;

    @BeforeEach
    void twoUsers() {
        client = api.newUser("CLIENT");
        provider = api.newUser("PROVIDER");
    }

    @Test
    void whatAProviderGivesIsWhatTheyReadAndWhatClientsReadInWords() {
        JsonNode none = api.json(200, api.get(Api.user(provider), PATH));
        assertThat(none.path("timeZone").isNull()).isTrue();
        assertThat(none.path("weeklyHours")).isEmpty();

        JsonNode given = api.json(200, put(provider, availability(ZONE, HOURS, absence(0, 3))));

        assertThat(given.path("timeZone").asString()).isEqualTo(ZONE);
        assertThat(given.at("/weeklyHours/0/day").asString()).isEqualTo("MONDAY");
        assertThat(given.at("/weeklyHours/0/to").asString()).isEqualTo("19:00");
        assertThat(given.at("/absences/0/from").asString()).isEqualTo(today().toString());
        assertThat(given.path("warning").isNull()).isTrue();
        assertThat(api.json(200, api.get(Api.user(provider), PATH))).isEqualTo(given);
        JsonNode profile = api.json(200, api.get(Api.user(client), "/api/v1/providers/{id}/profile", provider));
        assertThat(profile.at("/availability/usuallyAnswers").asString())
                .isEqualTo("Usually answers Monday, 9:00 to 19:00, " + ZONE);
        assertThat(profile.at("/availability/away").asString()).startsWith("Away until ");
        assertThat(profile.path("availability")).isEqualTo(given.path("inWords"));
    }

    @Test
    void aClientsMessageCarriesTheMomentFromWhichItCanBeAnsweredAndKeepsIt() {
        put(provider, availability(ZONE, "[]", absence(0, 2)));
        JsonNode question = send(client, provider);
        send(provider, client);
        put(provider, availability(ZONE, "[]", ""));
        JsonNode whileToday = send(client, provider);
        database.sql("DELETE FROM availability WHERE provider_id = ?")
                .param(provider)
                .update();
        send(client, provider);

        assertThat(answerableFrom(question, 4)).containsExactly(startOf(3), null, startOf(1), null);
        assertThat(whileToday.path("sequence").asLong()).isEqualTo(3);
    }

    @Test
    void messagesOfOthersWaitForNothing() {
        put(provider, availability(ZONE, "[]", absence(0, 2)));

        assertThat(answerableFrom(send(api.newUser("PROVIDER"), provider), 1)).containsOnlyNulls();
        assertThat(answerableFrom(send(client, api.newUser("CLIENT")), 1)).containsOnlyNulls();
    }

    @Test
    void anAbsenceOnceGivenStaysValidAndCountsAfterItIsLeftOut() {
        put(provider, availability(ZONE, "[]", absence(0, 2)));
        database.sql("UPDATE availability SET absences = ?::jsonb WHERE provider_id = ?")
                .params("[" + absence(-5, 2) + "]", provider)
                .update();

        api.json(200, put(provider, availability(ZONE, HOURS, absence(-5, 2))));
        JsonNode back = api.json(200, put(provider, availability(ZONE, HOURS, "")));

        assertThat(back.at("/absences/0/to").asString()).isEqualTo(today().toString());
        JsonNode refused =
                api.problem(400, "invalid-request", put(provider, availability(ZONE, HOURS, absence(-4, 2))));
        assertThat(refused.at("/errors/0/field").asString()).isEqualTo("absences");
    }

    @Test
    void aTimeZoneThatIsNotKnownAnyMoreIsSaidToTheProviderAndInTheLog(CapturedOutput output) {
        put(provider, availability(ZONE, HOURS, ""));
        database.sql("UPDATE availability SET time_zone = 'Mars/Olympus' WHERE provider_id = ?")
                .param(provider)
                .update();

        assertThat(answerableFrom(send(client, provider), 1)).containsOnlyNulls();

        assertThat(output).contains("does not know the time zone Mars/Olympus");
        assertThat(api.json(200, api.get(Api.user(provider), PATH))
                        .path("warning")
                        .asString())
                .contains("another time zone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeZone | {}",
                "timeZone | {'timeZone':'Mars/Olympus'}",
                "timeZone | {'timeZone':'+02:00'}",
                "weeklyHours[0].day | {'timeZone':'UTC','weeklyHours':[{'from':'09:00','to':'19:00'}]}",
                "weeklyHours[0].from | {'timeZone':'UTC','weeklyHours':[{'day':'MONDAY','from':'24:00','to':'19:00'}]}",
                "weeklyHours[0].to | {'timeZone':'UTC','weeklyHours':[{'day':'MONDAY','from':'09:00','to':'9'}]}",
                "weeklyHours | {'timeZone':'UTC','weeklyHours':[{'day':'MONDAY','from':'09:00','to':'18:59'}]}",
                "weeklyHours.[0].day | {'timeZone':'UTC','weeklyHours':[{'day':'Lundi','from':'09:00','to':'19:00'}]}",
                "The body | {'timeZone':'UTC','weeklyHours':[null]}",
                "absences[0].to | {'timeZone':'UTC','absences':[{'from':'2026-12-01'}]}",
                "absences | {'timeZone':'UTC','absences':[{'from':'2020-12-01','to':'2020-12-02'}]}",
                "absences.[0].from | {'timeZone':'UTC','absences':[{'from':'soon','to':'2020-12-02'}]}"
            })
    void whatCannotBeUsedIsNamed(String field, String body) {
        JsonNode problem = api.problem(400, "invalid-request", put(provider, body.replace('\'', '"')));

        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    }

    @Test
    void onlyProvidersHaveOpeningHours() {
        for (UUID id : new UUID[] {client, api.newUser("ADMIN")}) {
            api.problem(403, "not-a-provider", api.get(Api.user(id), PATH));
            api.problem(403, "not-a-provider", put(id, availability(ZONE, HOURS, "")));
        }
        api.problem(403, "not-a-user", api.get(Api.admin(), PATH));
    }

    private MvcTestResult put(UUID who, String body) {
        return api.send(HttpMethod.PUT, Api.user(who), PATH, body);
    }

    private JsonNode send(UUID sender, UUID recipient) {
        return api.json(
                201,
                api.post(
                        Api.user(sender),
                        "/api/v1/messages",
                        "{\"recipientId\":\"" + recipient + "\",\"body\":\"Hello\"}"));
    }

    private List<Instant> answerableFrom(JsonNode message, int count) {
        List<Instant> moments = new ArrayList<>();
        try (TopicReader reader = new TopicReader(topic)) {
            for (Event event :
                    reader.of(UUID.fromString(message.path("conversationId").asString()), count)) {
                moments.add(((MessageCreated) event).answerableFrom());
            }
        }
        return moments;
    }

    private static String availability(String zone, String hours, String absences) {
        return "{\"timeZone\":\"" + zone + "\",\"weeklyHours\":" + hours + ",\"absences\":[" + absences + "]}";
    }

    private static String absence(int from, int to) {
        return "{\"from\":\"" + today().plusDays(from) + "\",\"to\":\"" + today().plusDays(to) + "\"}";
    }

    private static Instant startOf(int day) {
        return today().plusDays(day).atStartOfDay(ZoneId.of(ZONE)).toInstant();
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of(ZONE));
    }

    private static String zoneWhereItIsNoon() {
        int behind = Instant.now().atOffset(ZoneOffset.UTC).getHour() - 12;
        return "Etc/GMT" + (behind < 0 ? "" : "+") + behind;
    }
}
