package io.replymeter.messaging.warmup;

import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.Users;
import io.replymeter.web.token.VerifiedTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.Ordered;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes a whole request leave nothing behind: its caller and recipient exist only in its transaction, which is always rolled
 * back. Only {@link WarmUp} knows the tokens of such callers. Thread-safe.
 */
@Component
final class Rehearsal extends OncePerRequestFilter implements Ordered {

    /** Two users who exist only while they are rehearsing. */
    record Pair(UUID client, UUID provider) {}

    private static final SecureRandom random = new SecureRandom();

    private final VerifiedTokens tokens;
    private final Users users;
    private final TransactionOperations transactions;
    private final Map<String, Pair> callers = new ConcurrentHashMap<>();

    Rehearsal(VerifiedTokens tokens, Users users, TransactionOperations transactions) {
        this.tokens = tokens;
        this.users = users;
        this.transactions = transactions;
    }

    /** Behind the check of tokens. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    /** A token with which one of the pair may rehearse, until {@link #end}. */
    String begin(Pair pair, UUID caller) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        callers.put(caller.toString(), pair);
        tokens.trust(Jwt.withTokenValue(token)
                .header("alg", "none")
                .subject(caller.toString())
                .expiresAt(Instant.now().plusSeconds(60))
                .build());
        return token;
    }

    void end(String token, UUID caller) {
        tokens.forget(token);
        callers.remove(caller.toString());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Pair pair = request.getRemoteUser() == null ? null : callers.get(request.getRemoteUser());
        if (pair == null) {
            chain.doFilter(request, response);
        } else {
            transactions.executeWithoutResult(transaction -> {
                transaction.setRollbackOnly();
                users.addIfAbsent(pair.client(), UserRole.CLIENT, "Nobody");
                users.addIfAbsent(pair.provider(), UserRole.PROVIDER, "Nobody");
                rehearse(request, response, chain);
            });
        }
    }

    private static void rehearse(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }
}
