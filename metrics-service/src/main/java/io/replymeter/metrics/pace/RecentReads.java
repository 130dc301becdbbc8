package io.replymeter.metrics.pace;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts the reads that this instance answers, and those that take too long. Thread-safe. */
@Component
class RecentReads extends OncePerRequestFilter implements Ordered {

    private final long limit;
    private final LongAdder all = new LongAdder();
    private final LongAdder slow = new LongAdder();

    RecentReads(@Value("${replymeter.rebuild.reads-within:10ms}") Duration limit) {
        this.limit = limit.toNanos();
    }

    /** What the token costs counts too. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long began = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            all.increment();
            if (System.nanoTime() - began > limit) {
                slow.increment();
            }
        }
    }

    /** How many there were since the last call. */
    long takeAll() {
        return all.sumThenReset();
    }

    /** How many of them took too long. */
    long takeSlow() {
        return slow.sumThenReset();
    }
}
