package io.replymeter.measurement;

import java.util.UUID;

/** One client and one provider in a conversation: what is measured (rule 1). */
record ThreadKey(UUID clientId, UUID providerId) {

    static ThreadKey of(Fact message) {
        return new ThreadKey(message.clientId(), message.providerId());
    }
}
