package io.replymeter.web;

import jakarta.validation.Valid;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service of the same conventions as the real ones, on a real Tomcat, without a database. Its one token is "good". */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import({WebConventions.class, BoundaryService.Things.class})
class BoundaryService {

    enum Color {
        RED,
        BLUE
    }

    record Thing(
            @Nullable UUID id,
            @Nullable Color color,
            @Nullable String name,
            @Nullable Integer count,
            @Nullable Boolean shown,
            @Nullable Duration within,
            @Nullable LocalDate day,
            @Nullable List<String> tags) {}

    @RestController
    static class Things {

        @PostMapping("/api/things")
        Thing add(@Valid @RequestBody Thing thing) {
            return thing;
        }

        @PostMapping("/api/logs")
        long take(InputStream log) throws IOException {
            return log.transferTo(OutputStream.nullOutputStream());
        }

        @PostMapping("/api/touches")
        String touch() {
            return "touched";
        }

        @GetMapping("/api/things/{id}")
        Map<String, Object> get(@PathVariable UUID id, @RequestParam(defaultValue = "1") int limit) {
            return Map.of("id", id, "limit", limit);
        }

        /** As Boot's health endpoint does. */
        @GetMapping("/open/reading")
        String openReading(@RequestBody(required = false) @Nullable Map<String, String> body) {
            return "open";
        }

        @GetMapping("/open")
        String open() {
            return "open";
        }
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http, RefusedRequests refused) throws Exception {
        return http.authorizeHttpRequests(paths -> paths.requestMatchers("/open/**")
                        .permitAll()
                        .requestMatchers("/api/**")
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server ->
                        server.jwt(jwt -> {}).authenticationEntryPoint(refused).accessDeniedHandler(refused))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refused).accessDeniedHandler(refused))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    JwtDecoder tokens() {
        return token -> {
            if (!token.equals("good")) {
                throw new BadJwtException("not the one token");
            }
            return Jwt.withTokenValue(token)
                    .header("alg", "none")
                    .subject("somebody")
                    .expiresAt(Instant.now().plusSeconds(60))
                    .build();
        };
    }
}
