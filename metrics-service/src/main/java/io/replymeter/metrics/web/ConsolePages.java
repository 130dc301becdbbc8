package io.replymeter.metrics.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The operator's console at {@code /ops/}: static files that call the ops API with the operator's token. */
@Configuration(proxyBeanMethods = false)
class ConsolePages implements WebMvcConfigurer {

    @Override
    public void addViewControllers(ViewControllerRegistry pages) {
        pages.addViewController("/ops/").setViewName("forward:/ops/index.html");
        pages.addRedirectViewController("/ops", "/ops/");
    }
}
