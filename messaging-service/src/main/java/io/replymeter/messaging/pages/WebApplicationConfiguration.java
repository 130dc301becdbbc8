package io.replymeter.messaging.pages;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The web application at {@code /}: static files that call the API with the visitor's token. Off unless it is turned on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("replymeter.web.enabled")
class WebApplicationConfiguration implements WebMvcConfigurer {

    private static final String FILES = "/app/**";

    @Bean
    @Order(2)
    SecurityFilterChain webApplicationSecurity(HttpSecurity http) throws Exception {
        return PageSecurity.of(http, "/", FILES, WordsController.PATH);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler(FILES).addResourceLocations("classpath:/app/").setCacheControl(CacheControl.noCache());
    }

    @Override
    public void addViewControllers(ViewControllerRegistry pages) {
        pages.addViewController("/").setViewName("forward:/app/index.html");
    }
}
