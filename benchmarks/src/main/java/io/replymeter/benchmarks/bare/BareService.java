package io.replymeter.benchmarks.bare;

import io.replymeter.web.token.VerifiedTokens;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The smallest Spring Boot service that takes a post as messaging-service does, with its libraries and settings and the same
 * check of tokens: a message and its event, inserted in one transaction. It asks nothing, and sends the events nowhere.
 */
@Configuration
@EnableAutoConfiguration
@Import({VerifiedTokens.class, BareService.Posts.class})
public class BareService {

    public static void main(String[] arguments) {
        SpringApplication.run(BareService.class, arguments);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http, VerifiedTokens tokens) throws Exception {
        return http.authorizeHttpRequests(paths -> paths.requestMatchers("/actuator/health/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens::decode)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    record NewPost(UUID recipientId, String body, String kind) {}

    record Post(UUID id, UUID senderId, UUID recipientId, String body, Instant sentAt) {}

    @RestController
    static class Posts {

        private final JdbcClient jdbc;
        private final JsonMapper json;

        Posts(JdbcClient jdbc, JsonMapper json) {
            this.jdbc = jdbc;
            this.json = json;
            jdbc.sql("""
                    CREATE TABLE post (id uuid PRIMARY KEY, sender uuid, recipient uuid, body text, sent_at timestamptz);
                    CREATE TABLE event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event bytea)
                    """).update();
        }

        @Transactional
        @PostMapping("/api/v1/messages")
        @ResponseStatus(HttpStatus.CREATED)
        public Post add(@AuthenticationPrincipal Jwt caller, @RequestBody NewPost request) {
            UUID sender = UUID.fromString(caller.getSubject());
            Post post = new Post(UUID.randomUUID(), sender, request.recipientId(), request.body(), Instant.now());
            jdbc.sql("INSERT INTO post VALUES (?, ?, ?, ?, ?)")
                    .params(
                            post.id(),
                            sender,
                            post.recipientId(),
                            post.body(),
                            post.sentAt().atOffset(ZoneOffset.UTC))
                    .update();
            jdbc.sql("INSERT INTO event (event) VALUES (?)")
                    .param(json.writeValueAsBytes(post))
                    .update();
            return post;
        }
    }
}
