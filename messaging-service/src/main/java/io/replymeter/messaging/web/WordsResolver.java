package io.replymeter.messaging.web;

import io.replymeter.messaging.words.Languages;
import io.replymeter.messaging.words.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands a controller the {@link Words} that its caller reads. */
final class WordsResolver implements HandlerMethodArgumentResolver {

    private final Languages languages;

    WordsResolver(Languages languages) {
        this.languages = languages;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Words.class;
    }

    @Override
    public Words resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return languages.preferredBy(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }
}
