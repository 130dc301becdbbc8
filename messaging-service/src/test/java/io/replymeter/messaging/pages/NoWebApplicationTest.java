package io.replymeter.messaging.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@MessagingTest
class NoWebApplicationTest {

    @Autowired
    Api api;

    @Test
    void unlessItIsTurnedOnThereAreNoPagesAndNobodyOfTheDemo() {
        for (String path : new String[] {"/", "/app/index.html", "/words"}) {
            assertThat(api.http().get().uri(path).exchange()).hasStatus(401);
            assertThat(api.get(Api.admin(), path)).hasStatus(403);
        }
        assertThat(api.get(Api.service("demo"), "/api/v1/demo/people")).hasStatus(404);
    }

    @Test
    void theBadgeIsThereAllTheSame() {
        assertThat(api.http().get().uri("/assets/response-metrics.js").exchange())
                .hasStatusOk();
    }
}
