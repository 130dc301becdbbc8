package io.replymeter.web.docs;

import java.io.IOException;
import java.net.URI;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Swagger UI at {@code /docs/}, where {@code replymeter.docs.enabled} is true. It reads {@code /v3/api-docs}, is served by the
 * service itself, and needs no token to be read; what it calls does.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("replymeter.docs.enabled")
class SwaggerPage implements WebMvcConfigurer {

    /** Of whichever version is on the class path. */
    private static final String SWAGGER_UI = "classpath*:META-INF/resources/webjars/swagger-ui/*/swagger-ui.css";

    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    @Order(0)
    SecurityFilterChain documentation(HttpSecurity http) throws Exception {
        return http.securityMatcher("/docs", "/docs/**")
                .authorizeHttpRequests(paths -> paths.anyRequest().permitAll())
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Override
    public void addViewControllers(ViewControllerRegistry pages) {
        pages.addViewController("/docs/").setViewName("forward:/docs/index.html");
        pages.addRedirectViewController("/docs", "/docs/");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler("/docs/ui/**").addResourceLocations(swaggerUi());
        files.addResourceHandler("/docs/**").addResourceLocations("classpath:/api-documentation/");
    }

    private static String swaggerUi() {
        try {
            URI style = new PathMatchingResourcePatternResolver().getResources(SWAGGER_UI)[0].getURI();
            String text = style.toString();
            return text.substring(0, text.lastIndexOf('/') + 1);
        } catch (IOException e) {
            throw new IllegalStateException("Swagger UI is not on the class path", e);
        }
    }
}
