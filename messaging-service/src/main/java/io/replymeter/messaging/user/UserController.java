package io.replymeter.messaging.user;

import io.replymeter.messaging.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Users")
class UserController {

    private static final int MAXIMUM_NAME_LENGTH = 200;

    private final Users users;

    UserController(Users users) {
        this.users = users;
    }

    record NewUser(
            @Schema(description = "the subject of the user's tokens; a new one when absent") @Nullable UUID id,

            @Nullable UserRole role,

            @Schema(description = "1 to 200 characters") @Nullable String displayName) {}

    @PostMapping("/api/v1/users")
    @Operation(summary = "Add a user", description = "Scope admin. Adding the same user again changes nothing.")
    @ApiResponse(responseCode = "201", description = "Added")
    @ApiResponse(responseCode = "200", description = "Was there already, with this role; unchanged")
    @ApiResponse(responseCode = "409", description = "Was there already, with another role; unchanged")
    ResponseEntity<User> add(@RequestBody NewUser request) {
        User user = checked(request);
        if (users.addIfAbsent(user.id(), user.role(), user.displayName())) {
            return ResponseEntity.created(URI.create("/api/v1/users/" + user.id()))
                    .body(user);
        }
        User present = users.findById(user.id()).orElseThrow();
        if (present.role() != user.role()) {
            throw new UserRoleTaken();
        }
        return ResponseEntity.ok(present);
    }

    private static User checked(NewUser request) {
        if (request.role() == null) {
            throw new InvalidRequest("role", "must be CLIENT, PROVIDER or ADMIN");
        }
        String name = request.displayName() == null ? "" : request.displayName().strip();
        if (name.isEmpty()
                || name.length() > MAXIMUM_NAME_LENGTH
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest("displayName", "must be 1 to 200 printable characters");
        }
        return new User(request.id() == null ? UUID.randomUUID() : request.id(), request.role(), name);
    }
}
