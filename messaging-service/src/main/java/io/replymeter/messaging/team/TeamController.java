package io.replymeter.messaging.team;

import io.replymeter.messaging.user.User;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.Users;
import io.replymeter.messaging.web.Caller;
import io.replymeter.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/providers/{id}/members")
@Tag(name = "Teams")
class TeamController {

    private final Members members;
    private final Users users;

    TeamController(Members members, Users users) {
        this.members = members;
        this.users = users;
    }

    record Team(UUID providerId, List<UUID> members) {}

    @GetMapping
    @Operation(summary = "The members of a provider's team", description = "For the provider itself and admins.")
    @ApiResponse(responseCode = "200", description = "Their ids, in the order in which they came")
    @ApiResponse(responseCode = "403", description = "Another provider's team")
    @ApiResponse(responseCode = "404", description = "An admin asks for somebody who is no provider")
    Team list(Caller caller, @PathVariable UUID id) {
        check(caller, id);
        return new Team(id, members.of(id));
    }

    @PutMapping("/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Add a member",
            description =
                    "For the provider itself and admins. A member, whose own role is PROVIDER, reads the provider's"
                            + " conversations and answers for it.")
    @ApiResponse(responseCode = "204", description = "A member, now or before")
    @ApiResponse(responseCode = "403", description = "Another provider's team")
    @ApiResponse(responseCode = "404", description = "An admin names somebody who is no provider")
    @ApiResponse(responseCode = "409", description = "The team has 500 members already")
    @ApiResponse(responseCode = "422", description = "The member is no provider, or the provider itself")
    void add(Caller caller, @PathVariable UUID id, @PathVariable UUID userId) {
        check(caller, id);
        if (userId.equals(id) || !isProvider(userId)) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "not-a-possible-member",
                    "This user cannot be a member of the team",
                    "A member is another user with the role PROVIDER: check the second id, or add such a user first.");
        }
        if (!members.add(id, userId)) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "team-is-full",
                    "The team has as many members as it may have",
                    "A team has at most " + Members.MOST + " members: remove one first.");
        }
    }

    @DeleteMapping("/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Remove a member",
            description =
                    "For the provider itself and admins. The access ends at once; what the member answered stays.")
    @ApiResponse(responseCode = "204", description = "No member, now or before")
    @ApiResponse(responseCode = "403", description = "Another provider's team")
    @ApiResponse(responseCode = "404", description = "An admin names somebody who is no provider")
    void remove(Caller caller, @PathVariable UUID id, @PathVariable UUID userId) {
        check(caller, id);
        members.remove(id, userId);
    }

    /** To others every team is the same, whether or not there is such a provider. */
    private void check(Caller caller, UUID id) {
        if (!caller.isAdmin() && !caller.userId().equals(id)) {
            throw new Problem(
                    HttpStatus.FORBIDDEN,
                    "not-your-team",
                    "Only the provider itself and admins manage its team",
                    "Use the token of the provider that the path names, or ask it or an administrator to do this.");
        }
        if (!isProvider(id)) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "provider-not-found",
                    "There is no such provider",
                    "Check the first id of the path: it must be that of a user with the role PROVIDER.");
        }
    }

    private boolean isProvider(UUID id) {
        return users.findById(id)
                .map(User::role)
                .filter(UserRole.PROVIDER::equals)
                .isPresent();
    }
}
