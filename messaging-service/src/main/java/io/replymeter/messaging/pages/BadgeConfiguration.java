package io.replymeter.messaging.pages;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The badge's module at {@code /assets/response-metrics.js}, for pages of any origin. */
@Configuration(proxyBeanMethods = false)
class BadgeConfiguration implements WebMvcConfigurer {

    private static final String PATHS = "/assets/**";

    @Bean
    @Order(1)
    SecurityFilterChain badgeSecurity(HttpSecurity http) throws Exception {
        return PageSecurity.of(http, PATHS);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler(PATHS)
                .addResourceLocations("classpath:/assets/")
                .setCacheControl(CacheControl.noCache());
    }

    /** A page of another origin loads a module only where this is allowed. */
    @Override
    public void addCorsMappings(CorsRegistry origins) {
        origins.addMapping(PATHS).allowedOrigins("*").allowedMethods("GET", "HEAD");
    }
}
