package io.replymeter.messaging.availability;

import io.replymeter.messaging.user.User;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.Users;
import io.replymeter.web.InvalidRequest;
import io.replymeter.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes providers' own availability. */
@Service
class AvailabilityService {

    private final Users users;
    private final Availabilities availabilities;

    AvailabilityService(Users users, Availabilities availabilities) {
        this.users = users;
        this.availabilities = availabilities;
    }

    /** Empty if the provider has never given one. */
    Optional<Availability> of(UUID providerId) {
        requireProvider(providerId);
        return availabilities.find(providerId);
    }

    /**
     * Replaces the provider's availability; messages accepted before keep the moment they were given.
     *
     * @throws InvalidRequest when it is out of range
     */
    @Transactional
    public Availability replace(UUID providerId, Availability given, Instant now) {
        requireProvider(providerId);
        if (!Availability.isKnown(given.timeZone())) {
            throw new InvalidRequest("timeZone", "must be an IANA time zone such as Europe/Paris");
        }
        List<Absence> before =
                availabilities.lock(providerId).map(Availability::absences).orElse(List.of());
        Availability checked = AvailabilityLimits.checked(given, before, given.dayOf(now));
        availabilities.save(providerId, checked);
        return checked;
    }

    private void requireProvider(UUID id) {
        Optional<User> provider = users.findById(id).filter(user -> user.role() == UserRole.PROVIDER);
        if (provider.isEmpty()) {
            throw new Problem(
                    HttpStatus.FORBIDDEN,
                    "not-a-provider",
                    "Only providers have opening hours",
                    "Use a provider's token to read or change that provider's own opening hours and absences.");
        }
    }
}
