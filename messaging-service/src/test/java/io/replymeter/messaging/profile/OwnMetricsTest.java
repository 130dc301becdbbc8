package io.replymeter.messaging.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.profile.StandInMetricsApi.Mood;
import io.replymeter.messaging.profile.StandInMetricsApi.Numbers;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@ProfileApiTest
class OwnMetricsTest {

    private static final String OWN = "/api/v1/me/response-metrics";
    private static final String INQUIRIES = OWN + "/inquiries";

    @Autowired
    Api api;

    @Autowired
    StandInMetricsApi metricsApi;

    @Autowired
    MetricsClient metrics;

    private UUID provider = UUID.randomUUID();

    @BeforeEach
    void aProvider() {
        metricsApi.recover();
        provider = api.newUser("PROVIDER");
        await().until(() -> metrics.of(provider).isPresent());
    }

    @Test
    void aProviderReadsWordsAndNumbersEvenIfOthersDoNot() {
        metricsApi.know(provider, new Numbers(15, 12, "9000.5", Instant.parse("2026-11-22T10:00:00Z")));
        api.send(HttpMethod.PATCH, Api.user(provider), "/api/v1/me/profile", "{\"showResponseMetrics\":false}");

        JsonNode own = api.json(200, get(provider, OWN));

        assertThat(own.path("providerId").asString()).isEqualTo(provider.toString());
        assertThat(own.path("showResponseMetrics").asBoolean()).isFalse();
        assertThat(own.at("/responseMetrics/responseRate").asString()).isEqualTo("80%");
        assertThat(own.at("/numbers/responseRatePercent").decimalValue()).isEqualByComparingTo("80");
        assertThat(own.at("/numbers/unanswered").asInt()).isEqualTo(3);
        assertThat(own.at("/numbers/excused").isNumber()).isTrue();
        assertThat(own.at("/numbers/excused").asInt()).isZero();
        assertThat(own.at("/numbers/ruleset/answerWithin").asString()).isEqualTo("PT24H");
        assertThat(own.at("/numbers/window/from").asString()).isEqualTo("2026-10-24");
    }

    @Test
    void belowThreeTheyStillSeeTheCounts() {
        metricsApi.know(provider, new Numbers(2, 1, null, null, 4));

        JsonNode own = api.json(200, get(provider, OWN));

        assertThat(own.at("/responseMetrics/displayText").asString()).isEqualTo("No response data available");
        assertThat(own.at("/numbers/sampleSize").asInt()).isEqualTo(2);
        assertThat(own.at("/numbers/excused").asInt()).isEqualTo(4);
        assertThat(own.at("/numbers/excusedBeyondAllowance").asInt()).isEqualTo(1);
    }

    @Test
    void withoutThePresentNumbersTheWordsRemain() {
        metricsApi.mood = Mood.BROKEN;

        JsonNode own = api.json(200, get(provider, OWN));

        assertThat(own.path("numbers").isNull()).isTrue();
        assertThat(own.at("/responseMetrics/displayText").asString()).isNotBlank();
    }

    @Test
    void everyInquiryBehindTheNumbersIsListed() {
        metricsApi.inquiries = """
                {"inquiries":[
                 {"conversationId":"00000000-0000-0000-0000-000000000001","clientId":"00000000-0000-0000-0000-000000000002",
                  "initialMessageId":"00000000-0000-0000-0000-000000000003","askedAt":"2026-11-22T07:00:00Z",
                  "openedAt":"2026-11-22T10:00:00.123456Z","answerBy":null,
                  "responseMessageId":"00000000-0000-0000-0000-000000000004","respondedAt":"2026-11-22T11:00:00.123456Z",
                  "responseTimeSeconds":3600.000000,"outcome":"ANSWERED",
                  "excusedBy":null,"excuseReason":null,"excusedAt":null},
                 {"conversationId":"00000000-0000-0000-0000-000000000005","clientId":"00000000-0000-0000-0000-000000000002",
                  "initialMessageId":"00000000-0000-0000-0000-000000000006","askedAt":"2026-11-21T10:00:00Z",
                  "openedAt":"2026-11-21T10:00:00Z","answerBy":"2026-11-22T10:00:00Z",
                  "responseMessageId":null,"respondedAt":null,"responseTimeSeconds":null,"outcome":"OVERDUE",
                  "excusedBy":null,"excuseReason":null,"excusedAt":null},
                 {"conversationId":"00000000-0000-0000-0000-000000000007","clientId":"00000000-0000-0000-0000-000000000002",
                  "initialMessageId":"00000000-0000-0000-0000-000000000008","askedAt":"2026-11-20T10:00:00Z",
                  "openedAt":"2026-11-20T10:00:00Z","answerBy":null,
                  "responseMessageId":null,"respondedAt":null,"responseTimeSeconds":null,"outcome":"EXCUSED",
                  "excusedBy":"PROVIDER","excuseReason":"SPAM","excusedAt":"2026-11-20T11:00:00Z"}],
                 "nextCursor":"abc"}
                """;

        JsonNode page = api.json(200, get(provider, INQUIRIES + "?outcome=OVERDUE&limit=2"));

        assertThat(page.path("nextCursor").asString()).isEqualTo("abc");
        assertThat(page.at("/inquiries/0/openedAt").asString()).isEqualTo("2026-11-22T10:00:00.123456Z");
        assertThat(page.at("/inquiries/0/responseTimeSeconds").decimalValue()).isEqualByComparingTo("3600");
        assertThat(page.at("/inquiries/0/outcome").asString()).isEqualTo("ANSWERED");
        assertThat(page.at("/inquiries/0/askedAt").asString()).isEqualTo("2026-11-22T07:00:00Z");
        assertThat(page.at("/inquiries/0/excusedBy").isNull()).isTrue();
        assertThat(page.at("/inquiries/1/respondedAt").isNull()).isTrue();
        assertThat(page.at("/inquiries/1/answerBy").asString()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(page.at("/inquiries/2/outcome").asString()).isEqualTo("EXCUSED");
        assertThat(page.at("/inquiries/2/excusedBy").asString()).isEqualTo("PROVIDER");
        assertThat(page.at("/inquiries/2/excuseReason").asString()).isEqualTo("SPAM");
        assertThat(page.at("/inquiries/2/excusedAt").asString()).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(metricsApi.requests)
                .contains("/api/v1/providers/" + provider + "/inquiries?limit=2&outcome=OVERDUE");
    }

    @Test
    void eachInquirySaysWhoAskedAndWhyItCountsAsItDoes() {
        UUID client = api.newUser("CLIENT");
        metricsApi.inquiries = """
                {"inquiries":[
                 {"conversationId":"00000000-0000-0000-0000-000000000001","clientId":"%s",
                  "initialMessageId":"00000000-0000-0000-0000-000000000003","askedAt":"2026-11-22T07:00:00Z",
                  "openedAt":"2026-11-22T10:00:00Z","answerBy":null,"responseMessageId":null,
                  "respondedAt":"2026-11-22T10:35:00Z","responseTimeSeconds":2100.25,"outcome":"ANSWERED",
                  "excusedBy":null,"excuseReason":null,"excusedAt":null},
                 {"conversationId":"00000000-0000-0000-0000-000000000007","clientId":"00000000-0000-0000-0000-000000000002",
                  "initialMessageId":"00000000-0000-0000-0000-000000000008","askedAt":"2026-11-20T10:00:00Z",
                  "openedAt":"2026-11-20T10:00:00Z","answerBy":null,
                  "responseMessageId":null,"respondedAt":null,"responseTimeSeconds":null,"outcome":"EXCUSED",
                  "excusedBy":"PLATFORM","excuseReason":"SPAM","excusedAt":"2026-11-20T11:00:00Z"}],
                 "nextCursor":null}
                """.formatted(client);

        JsonNode page = api.json(200, get(provider, INQUIRIES));

        assertThat(page.at("/inquiries/0/clientName").asString()).isEqualTo("Somebody");
        assertThat(page.at("/inquiries/0/explanation").asString())
                .isEqualTo("Answered in time. Response time: 35 minutes.");
        assertThat(page.at("/inquiries/1/clientName").isNull()).isTrue();
        assertThat(page.at("/inquiries/1/explanation").asString())
                .isEqualTo("Spam, says the platform: it does not count.");
    }

    @Test
    void eachDayHasItsRateAndTypicalTimeWithTheSample() {
        metricsApi.history = """
                {"providerId":"00000000-0000-0000-0000-000000000001","days":[
                 {"date":"2026-12-04","inquiries":0,"answered":0,"answeredLate":0,"unanswered":0,"pending":0,"excused":0,
                  "averageResponseTimeSeconds":null,"medianResponseTimeSeconds":null},
                 {"date":"2026-12-05","inquiries":6,"answered":3,"answeredLate":0,"unanswered":2,"pending":1,"excused":1,
                  "averageResponseTimeSeconds":700.0,"medianResponseTimeSeconds":540.0}]}
                """;

        JsonNode days = api.json(200, get(provider, OWN + "/daily")).path("days");

        assertThat(days.at("/0/responseRate").isNull()).isTrue();
        assertThat(days.at("/0/typicalResponseTime").isNull()).isTrue();
        assertThat(days.at("/1/day").asString()).isEqualTo("5 December");
        assertThat(days.at("/1/sampleSize").asInt()).isEqualTo(4);
        assertThat(days.at("/1/responseRate").asString()).isEqualTo("75%");
        assertThat(days.at("/1/typicalResponseTime").asString()).isEqualTo("9 minutes");
    }

    @Test
    void theDistributionIsInWordsToo() {
        metricsApi.history = """
                {"answerWithin":"PT24H","responses":3,"ranges":[{"from":"PT0S","to":"PT45M","responses":1},
                 {"from":"PT45M","to":"PT1H30M","responses":2}]}
                """;

        JsonNode distribution = api.json(200, get(provider, OWN + "/distribution"));

        assertThat(distribution.path("answerWithin").asString()).isEqualTo("24 hours");
        assertThat(distribution.path("answerWithinSeconds").asInt()).isEqualTo(86_400);
        assertThat(distribution.at("/ranges/0/inWords").asString()).isEqualTo("up to 45 minutes");
        assertThat(distribution.at("/ranges/1/inWords").asString()).isEqualTo("45 minutes to 1 hour 30 minutes");
        assertThat(distribution.at("/ranges/1/toSeconds").asInt()).isEqualTo(5_400);
    }

    @Test
    void whileTheMetricsAreAwayThereIsNoHistory() {
        metricsApi.mood = Mood.BROKEN;

        api.problem(503, "metrics-unavailable", get(provider, OWN + "/daily"));
        api.problem(503, "metrics-unavailable", get(provider, OWN + "/distribution"));
    }

    @Test
    void whatCannotBeAskedForIsNamed() {
        metricsApi.inquiries = "{\"inquiries\":[],\"nextCursor\":null}";
        for (String query : new String[] {"limit=0", "limit=101", "limit=x", "outcome=LOST", "cursor=theirs"}) {
            JsonNode problem = api.problem(400, "invalid-request", get(provider, INQUIRIES + "?" + query));
            assertThat(problem.at("/errors/0/field").asString()).isEqualTo(query.replaceAll("=.*", ""));
        }
    }

    @Test
    void whileTheMetricsAreAwayThereAreNoInquiries() {
        metricsApi.mood = Mood.BROKEN;

        api.problem(503, "metrics-unavailable", get(provider, INQUIRIES));
    }

    @Test
    void onlyProvidersHaveMetricsOfTheirOwn() {
        for (String path : new String[] {OWN, INQUIRIES, OWN + "/daily", OWN + "/distribution"}) {
            for (String role : new String[] {"CLIENT", "ADMIN"}) {
                api.problem(403, "not-a-provider", get(api.newUser(role), path));
            }
            api.problem(403, "not-a-user", api.get(Api.admin(), path));
        }
    }

    private MvcTestResult get(UUID who, String path) {
        return api.get(Api.user(who), path);
    }
}
