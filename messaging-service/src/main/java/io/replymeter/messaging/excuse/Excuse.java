package io.replymeter.messaging.excuse;

import io.replymeter.events.ExcuseReason;
import java.time.Instant;
import java.util.UUID;

/**
 * That an inquiry was excused.
 *
 * @param messageId the client's message
 */
record Excuse(UUID messageId, ExcuseReason reason, Instant excusedAt) {}
