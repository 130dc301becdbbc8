package io.replymeter.web.docs;

import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** How a service describes its API: {@code /v3/api-docs}, and a page where that is wanted. */
@Configuration(proxyBeanMethods = false)
@Import(SwaggerPage.class)
public class ApiDocumentation {

    @Bean
    GlobalOpenApiCustomizer describedApi(JsonMapper json) {
        return new DescribedApi(json);
    }
}
