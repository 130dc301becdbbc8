package io.replymeter.messaging.web;

import io.replymeter.web.RefusedRequests;
import io.replymeter.web.token.VerifiedTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Bearer tokens; what is not allowed here is denied. */
@Configuration(proxyBeanMethods = false)
@Import(VerifiedTokens.class)
class SecurityConfiguration {

    @Bean
    SecurityFilterChain security(HttpSecurity http, RefusedRequests refused, VerifiedTokens tokens) throws Exception {
        return http.authorizeHttpRequests(paths -> paths.requestMatchers(
                                HttpMethod.GET, "/actuator/health/**", "/v3/api-docs/**", "/v3/api-docs.yaml")
                        .permitAll()
                        .requestMatchers("/ops/v1/**", "/actuator/**")
                        .hasAuthority("SCOPE_metrics:ops")
                        .requestMatchers(
                                "/api/v1/users",
                                "/api/v1/users/*/ban",
                                "/api/v1/users/*/deactivation",
                                "/api/v1/imports")
                        .hasAuthority("SCOPE_admin")
                        .requestMatchers("/api/v1/**")
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens::decode))
                        .authenticationEntryPoint(refused)
                        .accessDeniedHandler(refused))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refused).accessDeniedHandler(refused))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Without cookies there is nothing that another site could make a browser send along.
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }
}
