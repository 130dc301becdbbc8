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
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * How many requests of one kind a user may send a minute, on each instance. Every answer says what is left, in the headers of
 * the IETF's draft on rate limits. Thread-safe.
 */
final class RateLimit implements HandlerInterceptor {

    /** Of those who sent one last. A forgotten user begins anew. */
    private static final int MOST_USERS = 50_000;

    private final String kind;
    private final long perMinute;
    private final Map<String, Bucket> users = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> longestAgo) {
            return size() > MOST_USERS;
        }
    };

    /**
     * @param kind what the requests are called, such as {@code posts}
     * @param perMinute 0 for no limit
     */
    RateLimit(String kind, long perMinute) {
        this.kind = kind;
        this.perMinute = perMinute;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (perMinute <= 0 || !HttpMethod.POST.matches(request.getMethod())) {
            return true;
        }
        ConsumptionProbe taken = bucketOf(request.getRemoteUser()).tryConsumeAndReturnRemaining(1);
        response.setHeader("RateLimit-Policy", "\"" + kind + "\";q=" + perMinute + ";w=60");
        response.setHeader(
                "RateLimit",
                "\"" + kind + "\";r=" + taken.getRemainingTokens() + ";t=" + seconds(taken.getNanosToWaitForReset()));
        if (taken.isConsumed()) {
            return true;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(taken.getNanosToWaitForRefill())));
        throw new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-" + kind,
                "This user sends too many " + kind + " at once",
                "Nothing was written. Send the request again after the seconds that the header Retry-After says.");
    }

    private synchronized Bucket bucketOf(String user) {
        return users.computeIfAbsent(
                user,
                key -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
    }
}
