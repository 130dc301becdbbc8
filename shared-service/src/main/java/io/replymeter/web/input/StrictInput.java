package io.replymeter.web.input;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.format.support.FormattingConversionService;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.validation.Validator;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Bodies are strict JSON, and in no other format; ids and numbers of paths and queries are written in one way. */
@Configuration(proxyBeanMethods = false)
public class StrictInput implements WebMvcConfigurer {

    private final JsonMapper json;

    StrictInput(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.withJsonConverter(new Utf8JsonConverter(StrictJson.from(json)));
        // Whatever a library brings: YAML comes with the description of the API, and nobody asked for it in requests.
        converters.configureMessageConvertersList(
                all -> all.removeIf(converter -> converter.canRead(ProblemDetail.class, null)
                        && !(converter instanceof JacksonJsonHttpMessageConverter)));
    }

    @Bean
    static ConfigurableWebBindingInitializer bindings(
            FormattingConversionService mvcConversionService, Validator mvcValidator) {
        ConfigurableWebBindingInitializer bindings = new ConfigurableWebBindingInitializer();
        bindings.setConversionService(mvcConversionService);
        bindings.setValidator(mvcValidator);
        bindings.setPropertyEditorRegistrar(StrictParameters::addEditors);
        return bindings;
    }

    @Override
    public void addFormatters(FormatterRegistry formats) {
        StrictParameters.addConverters(formats);
    }
}
