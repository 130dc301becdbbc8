package io.replymeter.messaging.web;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.replymeter.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * How many messages, actions and notes a user may post a minute, on each instance. Every answer says what is left, in the
 * headers of the IETF's draft on rate limits. Thread-safe.
 */
@Component
final class PostingLimit implements HandlerInterceptor {

    static final String[] PATHS = {
        "/api/v1/messages", "/api/v1/conversations/*/actions", "/api/v1/conversations/*/notes"
    };

    /** Of those who posted last. Whoever is forgotten begins anew. */
    private static final int MOST_USERS = 50_000;

    private final long perMinute;
    private final Map<String, Bucket> posts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> longestAgo) {
            return size() > MOST_USERS;
        }
    };

    /** @param perMinute 0 for no limit */
    PostingLimit(@Value("${replymeter.messages.posts-per-minute}") long perMinute) {
        this.perMinute = perMinute;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (perMinute <= 0 || !HttpMethod.POST.matches(request.getMethod())) {
            return true;
        }
        ConsumptionProbe post = postsOf(request.getRemoteUser()).tryConsumeAndReturnRemaining(1);
        response.setHeader("RateLimit-Policy", "\"posts\";q=" + perMinute + ";w=60");
        response.setHeader(
                "RateLimit",
                "\"posts\";r=" + post.getRemainingTokens() + ";t=" + seconds(post.getNanosToWaitForReset()));
        if (post.isConsumed()) {
            return true;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(post.getNanosToWaitForRefill())));
        throw new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-posts",
                "This user posts too much at once",
                "Nothing was written. Send the request again after the seconds that the header Retry-After says.");
    }

    private synchronized Bucket postsOf(String user) {
        return posts.computeIfAbsent(
                user,
                key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
    }
}
