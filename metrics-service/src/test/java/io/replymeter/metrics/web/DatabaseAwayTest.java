package io.replymeter.metrics.web;

import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.replymeter.embedded.TestServers;
import io.replymeter.metrics.IntegrationTest;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.http.MediaType;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@IntegrationTest
class DatabaseAwayTest {

    @Autowired
    private MockMvc http;

    @Autowired
    private JdbcConnectionDetails database;

    @BeforeEach
    void take() throws SQLException {
        onTheServer("ALTER DATABASE " + name() + " ALLOW_CONNECTIONS false");
        onTheServer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name() + "'");
    }

    @AfterEach
    void giveBack() throws SQLException {
        onTheServer("ALTER DATABASE " + name() + " ALLOW_CONNECTIONS true");
        await().untilAsserted(() -> perform(get("/ops/v1/rebuilds")).andExpect(status().isOk()));
    }

    @Test
    void everyRequestIsToldToTryAgain() throws Exception {
        tellsToTryAgain(perform(get("/api/v1/providers/{id}/response-metrics", UUID.randomUUID())));
        tellsToTryAgain(perform(get("/ops/v1/quarantine")));
        tellsToTryAgain(perform(post("/ops/v1/rebuilds")));
    }

    private static void tellsToTryAgain(ResultActions answer) throws Exception {
        answer.andExpect(status().isServiceUnavailable())
                .andExpect(header().exists("Retry-After"))
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.type").value("urn:replymeter:problem:try-again"));
    }

    private ResultActions perform(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request.with(jwt().authorities(
                        new SimpleGrantedAuthority("SCOPE_metrics:read"),
                        new SimpleGrantedAuthority("SCOPE_metrics:ops"))));
    }

    private String name() {
        String url = database.getJdbcUrl();
        return url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
    }

    private static void onTheServer(String sql) throws SQLException {
        try (var connection = TestServers.postgresql().database("postgres").connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
