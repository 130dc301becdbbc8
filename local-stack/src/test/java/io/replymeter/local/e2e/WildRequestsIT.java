package io.replymeter.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is sent, the answer is the documented one. {@code -Dreplymeter.wild-requests=10000} sends more of it. */
class WildRequestsIT {

    private static final long SEED = 20261130;
    private static final int REQUESTS = Integer.getInteger("replymeter.wild-requests", 600);

    @ParameterizedTest
    @ValueSource(strings = {"messaging", "metrics"})
    void everyRefusalIsAProblemThatQuotesNothing(String service) {
        boolean messaging = service.equals("messaging");
        Api api = messaging ? EndToEnd.messaging() : EndToEnd.metrics();
        int port = messaging
                ? EndToEnd.stack().messaging().port()
                : EndToEnd.stack().metrics().port();
        List<String> tokens = List.of(
                Person.client().token(),
                Person.provider().token(),
                EndToEnd.adminToken(),
                EndToEnd.serviceToken(),
                EndToEnd.opsToken(),
                WildValues.MARK);
        WildRequests requests =
                new WildRequests(SEED, api.get("/v3/api-docs", null).expect(200), tokens);

        Map<Integer, Integer> answers = new TreeMap<>();
        try (RawConnection kept = new RawConnection(port)) {
            for (int i = 0; i < REQUESTS; i++) {
                WildRequests.Wild wild = requests.next();
                RawRequest.Answer answer =
                        i % 2 == 0 ? kept.send(wild.request()) : wild.request().send(port);
                check(wild, answer);
                answers.merge(answer.status(), 1, Integer::sum);
            }
        }
        System.out.println(REQUESTS + " wild requests to " + service + " were answered with " + answers);
        assertThat(answers.keySet()).contains(200, 400, 401, 403, 404, 405, 415);
    }

    private static void check(WildRequests.Wild wild, RawRequest.Answer answer) {
        RawRequest request = wild.request();
        assertThat(answer.status()).as("status of %s", request).isLessThan(500);
        if (answer.status() < 300) {
            assertThat(wild.successes()).as("successes of %s", request).contains(String.valueOf(answer.status()));
            return;
        }
        assertThat(answer.head()).as("head for %s", request).contains("Content-Type: application/problem+json");
        assertThat(answer.head() + answer.body())
                .as("answer to %s", request)
                .doesNotContainIgnoringCase(WildValues.MARK);
        if (!request.method().equals("HEAD")) {
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            assertThat(problem.path("type").asString(""))
                    .as("type for %s", request)
                    .startsWith("urn:replymeter:problem:");
            assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        }
    }
}
