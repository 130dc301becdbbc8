package io.replymeter.metrics.web;

import io.replymeter.web.RefusedRequests;
import io.replymeter.web.WebConventions;
import io.replymeter.web.token.VerifiedTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Bearer tokens with scopes: without one, only the health, the API's description and the console's files can be read. */
@Configuration(proxyBeanMethods = false)
@Import({WebConventions.class, VerifiedTokens.class})
class SecurityConfiguration {

    /** The pages load only what this service serves, and run no script or style that is written into them. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain security(HttpSecurity http, RefusedRequests refused, VerifiedTokens tokens) throws Exception {
        return http.authorizeHttpRequests(paths -> paths.requestMatchers(
                                "/actuator/health/**", "/actuator/info", "/v3/api-docs/**", "/v3/api-docs.yaml")
                        .permitAll()
                        // The console's pages are the same for everybody; what they show needs the operator's token.
                        .requestMatchers("/ops", "/ops/", "/ops/index.html", "/ops/assets/**")
                        .permitAll()
                        .requestMatchers("/api/v1/**")
                        .hasAuthority("SCOPE_metrics:read")
                        .requestMatchers("/ops/v1/**", "/actuator/**")
                        .hasAuthority("SCOPE_metrics:ops")
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens::decode))
                        .authenticationEntryPoint(refused)
                        .accessDeniedHandler(refused))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(refused).accessDeniedHandler(refused))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // No cookies, so there is nothing that another site could make a browser send along.
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }
}
