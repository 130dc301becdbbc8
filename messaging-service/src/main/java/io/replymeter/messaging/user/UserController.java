package io.replymeter.messaging.user;

import io.replymeter.messaging.web.Visible;
import io.replymeter.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Users")
class UserController {

    private final Users users;
    private final UserStates states;

    UserController(Users users, UserStates states) {
        this.users = users;
        this.states = states;
    }

    record NewUser(
            @Schema(description = "The subject of the user's tokens; a new id when absent") @Nullable UUID id,

            @NotNull(message = "must be CLIENT, PROVIDER or ADMIN") UserRole role,

            @Schema(description = "1 to 200 characters; spaces around them are removed")
            @Visible(message = PRINTABLE)
            @Pattern(regexp = "^\\s*[^\\p{Cc}\\p{Cs}]{1,200}\\s*$", message = PRINTABLE) String displayName) {

        private static final String PRINTABLE = "must be 1 to 200 printable characters";

        User user() {
            return new User(id == null ? UUID.randomUUID() : id, role, displayName.strip());
        }
    }

    @PostMapping("/api/v1/users")
    @Operation(summary = "Add a user", description = "Scope admin. Adding the same user again changes nothing.")
    @ApiResponse(responseCode = "201", description = "Added")
    @ApiResponse(responseCode = "200", description = "Existed already, with this role; unchanged")
    @ApiResponse(responseCode = "409", description = "Existed already, with another role, or was erased; unchanged")
    ResponseEntity<User> add(@Valid @RequestBody NewUser request) {
        User user = request.user();
        if (users.addIfAbsent(user.id(), user.role(), user.displayName())) {
            return ResponseEntity.created(URI.create("/api/v1/users/" + user.id()))
                    .body(user);
        }
        User present = users.findById(user.id()).orElseThrow();
        if (states.of(user.id()).orElseThrow() == UserState.ERASED) {
            throw UserStates.erasedForGood();
        }
        if (present.role() != user.role()) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "user-has-another-role",
                    "A user with this id has another role",
                    "A role never changes: use another id, or send the role this user has.");
        }
        return ResponseEntity.ok(present);
    }
}
