package io.replymeter.messaging.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@MessagingTest
@TestPropertySource(properties = {"replymeter.messages.posts-per-minute=1", "replymeter.imports.per-minute=1"})
class RateLimitTest {

    @Autowired
    Api api;

    @Test
    void whoPostsTooMuchIsToldWhenToGoOnAndOthersAreNotHeldUp() {
        UUID client = api.newUser("CLIENT");
        UUID provider = api.newUser("PROVIDER");

        MvcTestResult first = post(client, provider);
        MvcTestResult second = post(client, provider);

        assertThat(first).hasStatus(201).hasHeader("RateLimit-Policy", "\"posts\";q=1;w=60");
        assertThat(first.getResponse().getHeader("RateLimit")).startsWith("\"posts\";r=0;t=");
        api.problem(429, "too-many-posts", second);
        assertThat(second.getResponse().getHeader("Retry-After")).matches("[1-9][0-9]?");
        assertThat(post(provider, client)).hasStatus(201);
        assertThat(api.get(Api.user(client), "/api/v1/conversations")).hasStatusOk();
    }

    @Test
    void importsAreLimitedToo() {
        assertThat(importNothing()).hasStatus(400).hasHeader("RateLimit-Policy", "\"imports\";q=1;w=60");

        MvcTestResult second = importNothing();

        api.problem(429, "too-many-imports", second);
        assertThat(second.getResponse().getHeader("Retry-After")).matches("[1-9][0-9]?");
    }

    private MvcTestResult importNothing() {
        return api.http()
                .post()
                .uri("/api/v1/imports")
                .with(Api.admin())
                .contentType("text/csv")
                .content("no log")
                .exchange();
    }

    private MvcTestResult post(UUID from, UUID to) {
        return api.post(Api.user(from), "/api/v1/messages", "{\"recipientId\":\"" + to + "\",\"body\":\"Hello\"}");
    }
}
