package io.replymeter.metrics.web;

import io.replymeter.web.RefusedRequests;
import io.replymeter.web.WebConventions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Bearer tokens with scopes: without one, only the health and the API's description can be read. */
@Configuration(proxyBeanMethods = false)
@Import(WebConventions.class)
class SecurityConfiguration {

    @Bean
    SecurityFilterChain security(HttpSecurity http, RefusedRequests refused) throws Exception {
        return http.authorizeHttpRequests(paths -> paths.requestMatchers(
                                "/actuator/health/**", "/actuator/info", "/v3/api-docs/**", "/v3/api-docs.yaml")
                        .permitAll()
                        .requestMatchers("/api/v1/**")
                        .hasAuthority("SCOPE_metrics:read")
                        .requestMatchers("/ops/v1/**", "/actuator/**")
                        .hasAuthority("SCOPE_metrics:ops")
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server ->
                        server.jwt(jwt -> {}).authenticationEntryPoint(refused).accessDeniedHandler(refused))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refused).accessDeniedHandler(refused))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // No cookies, so there is nothing that another site could make a browser send along.
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }
}
