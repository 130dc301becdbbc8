package io.replymeter.messaging.web;

import io.replymeter.messaging.words.Languages;
import io.replymeter.messaging.words.Words;
import io.replymeter.web.WebConventions;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@OpenAPIDefinition(
        info =
                @Info(
                        title = "Replymeter messaging service",
                        version = "v1",
                        description =
                                "Users, conversations and messages, imports of history, and profiles with response"
                                        + " metrics. Errors are RFC 9457 problem documents whose detail says what to do next."),
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(
        name = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "subject = the user's id; scope = admin, metrics:read or metrics:ops where a path needs one")
@Configuration(proxyBeanMethods = false)
@Import(WebConventions.class)
class WebConfiguration implements WebMvcConfigurer {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Words.class);
    }

    private final RateLimit posts;
    private final RateLimit imports;
    private final Languages languages;

    WebConfiguration(
            @Value("${replymeter.messages.posts-per-minute}") long postsPerMinute,
            @Value("${replymeter.imports.per-minute}") long importsPerMinute,
            Languages languages) {
        this.posts = new RateLimit("posts", postsPerMinute);
        this.imports = new RateLimit("imports", importsPerMinute);
        this.languages = languages;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
                .addInterceptor(posts)
                .addPathPatterns(
                        "/api/v1/messages", "/api/v1/conversations/*/actions", "/api/v1/conversations/*/notes");
        interceptors.addInterceptor(imports).addPathPatterns("/api/v1/imports");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
        resolvers.add(new WordsResolver(languages));
    }
}
