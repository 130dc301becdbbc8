package io.replymeter.messaging.user;

import io.replymeter.jdbc.Pipeline;
import io.replymeter.messaging.web.Caller;
import io.replymeter.web.Problem;
import io.replymeter.web.input.CanonicalUuid;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Behind the rules for scopes: a user's token is worth something while the user is here, and who is no user does only what a
 * scope is for. A service that may read the metrics may read profiles too.
 */
@Component
public final class Admission implements HandlerInterceptor, WebMvcConfigurer {

    /** On a handler whose transaction asks, by {@link #check(Pipeline, UUID)}, what other requests are asked before them. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface InTransaction {}

    private static final Pattern PROFILE = Pattern.compile("/api/v1/(providers|clients)/[^/]*/profile");

    /** Whoever may become anybody of the sample marketplace is nobody of it. */
    private static final String DEMO_PEOPLE = "/api/v1/demo/people";

    private final UserStates states;

    Admission(UserStates states) {
        this.states = states;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).addPathPatterns("/api/**", "/ops/**").order(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean isAskedLater =
                handler instanceof HandlerMethod method && method.hasMethodAnnotation(InTransaction.class);
        if (!isAskedLater) {
            Caller.current().ifPresent(caller -> check(caller, request.getRequestURI()));
        }
        return true;
    }

    private void check(Caller caller, String path) {
        UserState state = stateOf(caller.subject());
        refuseUnlessHere(state);
        if (state == null && !mayWithoutUser(caller, path)) {
            throw UserStates.unknownUser();
        }
    }

    /** Returns what is to be run once the pipeline has: it throws the {@link Problem} when the user is not here. */
    public Runnable check(Pipeline pipeline, UUID user) {
        List<UserState> state = states.of(pipeline, user);
        return () -> refuseUnlessHere(state.stream().findFirst().orElseThrow(UserStates::unknownUser));
    }

    private static void refuseUnlessHere(@Nullable UserState state) {
        if (state == UserState.DEACTIVATED) {
            throw refusal(
                    "user-deactivated", "This user is deactivated", "Ask an administrator to reactivate the user.");
        }
        if (state == UserState.ERASED) {
            throw refusal(
                    "user-erased", "This user was erased", "Nothing of the user is left, and nothing is to be done.");
        }
    }

    private @Nullable UserState stateOf(String subject) {
        return userId(subject).flatMap(states::of).orElse(null);
    }

    private static Optional<UUID> userId(String subject) {
        try {
            return Optional.of(CanonicalUuid.parse(subject));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean mayWithoutUser(Caller caller, String path) {
        return caller.isAdmin()
                || path.startsWith("/ops/")
                || path.equals(DEMO_PEOPLE)
                || (caller.scopes().contains("metrics:read")
                        && PROFILE.matcher(path).matches());
    }

    private static Problem refusal(String name, String title, String detail) {
        return new Problem(HttpStatus.FORBIDDEN, name, title, detail);
    }
}
