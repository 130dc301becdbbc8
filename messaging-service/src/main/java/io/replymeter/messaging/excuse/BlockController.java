package io.replymeter.messaging.excuse;

import io.replymeter.events.InquiryExcused.ExcusedBy;
import io.replymeter.messaging.user.Blocks;
import io.replymeter.messaging.user.User;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.Users;
import io.replymeter.messaging.web.Caller;
import io.replymeter.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Bans and blocks. They hold at once, and then excuse what waits, some conversations at a time. A request that broke off
 * is sent again: it excuses what is left.
 */
@RestController
@Tag(name = "Users")
class BlockController {

    private final Blocks blocks;
    private final Users users;
    private final ExcuseService excuses;

    BlockController(Blocks blocks, Users users, ExcuseService excuses) {
        this.blocks = blocks;
        this.users = users;
        this.excuses = excuses;
    }

    @PostMapping("/api/v1/users/{id}/ban")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Ban a user",
            description =
                    "Scope admin. The user's further messages are refused, and a client's inquiries that wait for an"
                            + " answer do not count against their providers. Banning again excuses what is left.")
    @ApiResponse(responseCode = "204", description = "Banned, now or before")
    @ApiResponse(responseCode = "404", description = "No such user")
    void ban(@PathVariable UUID id) {
        User user = user(id);
        blocks.ban(id);
        if (user.role() == UserRole.CLIENT) {
            excuseInquiries(id, null, ExcusedBy.PLATFORM);
        }
    }

    @DeleteMapping("/api/v1/users/{id}/ban")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Lift a ban", description = "Scope admin. What was excused stays excused.")
    @ApiResponse(responseCode = "204", description = "Not banned, now or before")
    @ApiResponse(responseCode = "404", description = "No such user")
    void liftBan(@PathVariable UUID id) {
        blocks.liftBan(user(id).id());
    }

    @PutMapping("/api/v1/me/blocked/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Block a client",
            description =
                    "For providers. The client's further messages to this provider are refused, and an inquiry that"
                            + " waits for an answer is excused, within the limits of the rules.")
    @ApiResponse(responseCode = "204", description = "Blocked, now or before")
    @ApiResponse(responseCode = "403", description = "The caller is not a provider")
    @ApiResponse(responseCode = "404", description = "No such client")
    void block(Caller caller, @PathVariable UUID clientId) {
        UUID provider = provider(caller);
        requireClient(clientId);
        blocks.block(provider, clientId);
        excuseInquiries(clientId, provider, ExcusedBy.PROVIDER);
    }

    @DeleteMapping("/api/v1/me/blocked/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Lift a block", description = "For providers. What was excused stays excused.")
    @ApiResponse(responseCode = "204", description = "Not blocked, now or before")
    @ApiResponse(responseCode = "403", description = "The caller is not a provider")
    @ApiResponse(responseCode = "404", description = "No such client")
    void liftBlock(Caller caller, @PathVariable UUID clientId) {
        UUID provider = provider(caller);
        requireClient(clientId);
        blocks.liftBlock(provider, clientId);
    }

    private void excuseInquiries(UUID client, @Nullable UUID provider, ExcusedBy by) {
        Optional<UUID> last = Optional.of(new UUID(0, 0));
        while (last.isPresent()) {
            last = excuses.excuseBlocked(client, provider, by, last.get());
        }
    }

    private UUID provider(Caller caller) {
        UUID id = caller.userId();
        if (!hasRole(id, UserRole.PROVIDER)) {
            throw new Problem(
                    HttpStatus.FORBIDDEN,
                    "only-for-providers",
                    "Only providers can block",
                    "Use a provider's token. An administrator can ban a user for everybody.");
        }
        return id;
    }

    private void requireClient(UUID id) {
        if (!hasRole(id, UserRole.CLIENT)) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "client-not-found",
                    "There is no such client",
                    "Check the id: it must be that of a user with the role CLIENT.");
        }
    }

    private boolean hasRole(UUID id, UserRole role) {
        return users.findById(id).map(User::role).filter(role::equals).isPresent();
    }

    private User user(UUID id) {
        return users.findById(id)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND,
                        "user-not-found",
                        "There is no such user",
                        "Check the id: it must be that of an existing user."));
    }
}
