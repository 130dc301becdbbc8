package io.replymeter.messaging.user;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users/{id}/deactivation")
@Tag(name = "Users")
class DeactivationController {

    private final UserStates states;

    DeactivationController(UserStates states) {
        this.states = states;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Deactivate a user",
            description =
                    "Scope admin. The user's tokens are refused (403), the profile is not found, and nobody writes to"
                            + " the user. Conversations stay, and so do the numbers.")
    @ApiResponse(responseCode = "204", description = "Deactivated, now or before")
    @ApiResponse(responseCode = "404", description = "No such user")
    void deactivate(@PathVariable UUID id) {
        states.deactivate(id);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Reactivate a user", description = "Scope admin. Everything is as it was before.")
    @ApiResponse(responseCode = "204", description = "Active, now or before")
    @ApiResponse(responseCode = "404", description = "No such user")
    @ApiResponse(responseCode = "409", description = "The user was erased, which is for good")
    void reactivate(@PathVariable UUID id) {
        states.reactivate(id);
    }
}
