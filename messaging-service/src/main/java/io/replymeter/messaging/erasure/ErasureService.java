package io.replymeter.messaging.erasure;

import io.replymeter.messaging.availability.Availabilities;
import io.replymeter.messaging.conversation.ErasedContents;
import io.replymeter.messaging.team.Members;
import io.replymeter.messaging.user.Blocks;
import io.replymeter.messaging.user.UserStates;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Erases users: who they are at once, what they said in steps, of which each is a transaction of bounded size. */
@Service
class ErasureService {

    private final UserStates states;
    private final Erasures erasures;
    private final ErasedContents contents;
    private final Availabilities availabilities;
    private final Members members;
    private final Blocks blocks;

    ErasureService(
            UserStates states,
            Erasures erasures,
            ErasedContents contents,
            Availabilities availabilities,
            Members members,
            Blocks blocks) {
        this.states = states;
        this.erasures = erasures;
        this.contents = contents;
        this.availabilities = availabilities;
        this.members = members;
        this.blocks = blocks;
    }

    /** From now on the user is not here any more. Returns whether something is still to be removed. */
    @Transactional
    public boolean begin(UUID user) {
        if (states.erase(user)) {
            erasures.add(user);
        }
        return erasures.isUnderWay(user);
    }

    /** Takes the next step. Returns false when there is nothing left to do. Repeating a step harms nothing. */
    @Transactional
    public boolean step(UUID user) {
        if (!erasures.keep(user)) {
            return false;
        }
        if (contents.removeSome(user)) {
            return true;
        }
        availabilities.remove(user);
        members.forget(user);
        blocks.forget(user);
        erasures.finish(user);
        return false;
    }
}
