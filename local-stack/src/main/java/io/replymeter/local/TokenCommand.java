package io.replymeter.local;

import io.replymeter.local.stack.CannotContinue;
import io.replymeter.local.stack.SigningKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a bearer token and nothing else, for use as {@code $(./replymeter token …)}. */
@Command(
        name = "token",
        description = "Prints a bearer token for the local stack, valid for 30 days.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    private static final Duration LIFETIME = Duration.ofDays(30);

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(
            paramLabel = "WHO",
            description = "service (reads metrics), ops (operates metrics-service), admin, or the id of a user")
    private String who = "";

    @Override
    public Integer call() {
        System.out.println(token(data.folder().signingKey(), who));
        return 0;
    }

    /** @throws CannotContinue when {@code who} is neither a role nor the id of a user */
    static String token(SigningKey key, String who) {
        return switch (who.toLowerCase(Locale.ROOT)) {
            case "service" -> key.token("messaging-service", List.of("metrics:read"), LIFETIME);
            case "ops" -> key.token("ops", List.of("metrics:ops"), LIFETIME);
            case "demo" -> key.token("demo", List.of("demo"), LIFETIME);
            case "admin" -> key.token("admin", List.of("admin"), LIFETIME);
            default -> key.token(userId(who), List.of(), LIFETIME);
        };
    }

    private static String userId(String who) {
        try {
            return UUID.fromString(who).toString();
        } catch (IllegalArgumentException e) {
            throw new CannotContinue("'" + who + "' is none of service, ops, admin and the id of a user (a UUID).", e);
        }
    }
}
