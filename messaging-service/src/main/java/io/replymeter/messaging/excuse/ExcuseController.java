package io.replymeter.messaging.excuse;

import io.replymeter.events.ExcuseReason;
import io.replymeter.messaging.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Messages")
class ExcuseController {

    private final ExcuseService excuses;

    ExcuseController(ExcuseService excuses) {
        this.excuses = excuses;
    }

    /** Why a provider may say that no reply is needed. */
    enum Reason {
        NO_REPLY_NEEDED,
        SPAM,
        WITHDRAWN,
        OTHER
    }

    record NoReplyNeeded(
            @NotNull(message = "must be NO_REPLY_NEEDED, SPAM, WITHDRAWN or OTHER") Reason reason) {}

    @PostMapping("/api/v1/messages/{id}/no-reply-needed")
    @Operation(
            summary = "Say that a client's message needs no reply",
            description =
                    "For its provider and members of the provider's team. The inquiry then does not count against the"
                            + " provider, within the limits of the rules. The client is not told. A later request changes nothing.")
    @ApiResponse(responseCode = "200", description = "Excused, by this or an earlier request")
    @ApiResponse(responseCode = "403", description = "The caller is not the conversation's provider")
    @ApiResponse(responseCode = "404", description = "No such message in one's conversations")
    @ApiResponse(responseCode = "422", description = "Not a client's question, or deleted")
    Excuse noReplyNeeded(Caller caller, @PathVariable UUID id, @Valid @RequestBody NoReplyNeeded request) {
        return excuses.noReplyNeeded(
                caller.userId(), id, ExcuseReason.valueOf(request.reason().name()));
    }
}
