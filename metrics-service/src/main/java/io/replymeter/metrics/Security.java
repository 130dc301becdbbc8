package io.replymeter.metrics;

import io.replymeter.metrics.problem.Problems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** Who may ask what: bearer tokens with scopes, and nothing without one but health and the API's description. */
@Configuration
class Security {

    private final JsonMapper json;

    Security(JsonMapper json) {
        this.json = json;
    }

    @Bean
    SecurityFilterChain requests(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/actuator/health/**", "/actuator/info", "/v3/api-docs/**", "/error")
                        .permitAll()
                        .requestMatchers("/api/v1/**")
                        .hasAuthority("SCOPE_metrics:read")
                        .requestMatchers("/ops/v1/**", "/actuator/**")
                        .hasAuthority("SCOPE_metrics:ops")
                        .anyRequest()
                        .denyAll())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())
                        .authenticationEntryPoint((request, response, failure) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                            write(
                                    response,
                                    HttpStatus.UNAUTHORIZED,
                                    "no-valid-token",
                                    "Send a valid bearer token in the Authorization header.");
                        })
                        .accessDeniedHandler((request, response, failure) -> write(
                                response,
                                HttpStatus.FORBIDDEN,
                                "not-allowed",
                                "The token lacks the scope: metrics:read for /api, metrics:ops for /ops and"
                                        + " /actuator.")))
                .build();
    }

    private void write(HttpServletResponse response, HttpStatus status, String type, String detail) throws IOException {
        ProblemDetail problem = Problems.of(status, type, detail);
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }
}
