package io.replymeter.messaging.erasure;

import io.replymeter.logging.ErrorLog;
import io.replymeter.messaging.web.Caller;
import io.replymeter.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Takes requests to erase somebody, and works through them. */
@RestController
@Tag(name = "Users")
class ErasureController {

    private static final ErrorLog errors = new ErrorLog(LoggerFactory.getLogger(ErasureController.class));

    private final ErasureService service;
    private final Erasures erasures;

    ErasureController(ErasureService service, Erasures erasures) {
        this.service = service;
        this.erasures = erasures;
    }

    @DeleteMapping("/api/v1/users/{id}")
    @Operation(
            summary = "Erase a user",
            description =
                    "By the user or with the scope admin, and for good. Name, bio and profile are gone at once and the"
                            + " user's tokens are refused; within minutes so are the user's conversations, for everybody, and what"
                            + " the user wrote for a team. The numbers of others are then as if those conversations had never been.")
    @ApiResponse(
            responseCode = "202",
            description = "Something is still being removed; ask again to know when it is done")
    @ApiResponse(responseCode = "204", description = "Erased, now or before")
    @ApiResponse(responseCode = "403", description = "Somebody else, or the user was erased before")
    @ApiResponse(responseCode = "404", description = "An admin names a user who does not exist")
    ResponseEntity<Void> erase(Caller caller, @PathVariable UUID id) {
        if (!caller.isAdmin() && !caller.userId().equals(id)) {
            throw new Problem(
                    HttpStatus.FORBIDDEN,
                    "not-yourself",
                    "Users erase only themselves",
                    "Use the token of the user that the path names, or ask an administrator.");
        }
        boolean underWay = service.begin(id);
        return ResponseEntity.status(underWay ? HttpStatus.ACCEPTED : HttpStatus.NO_CONTENT)
                .build();
    }

    @Scheduled(fixedDelayString = "${replymeter.erasures.interval:1s}")
    void work() {
        try {
            Optional<UUID> next = erasures.claim();
            while (next.isPresent()) {
                eraseWhole(next.get());
                next = erasures.claim();
            }
        } catch (RuntimeException e) {
            errors.report("Who is to be erased could not be read; the next attempt goes on", e);
        }
    }

    private void eraseWhole(UUID user) {
        try {
            boolean more = true;
            while (more) {
                more = service.step(user);
            }
        } catch (RuntimeException e) {
            errors.report("A user could not be erased wholly; a minute later it goes on where it was", e);
        }
    }
}
