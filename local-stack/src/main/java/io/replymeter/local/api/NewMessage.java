package io.replymeter.local.api;

import java.util.UUID;

/** A message to send. {@code kind} is {@code HUMAN} or {@code AUTO_REPLY}. */
public record NewMessage(UUID recipientId, String body, String kind) {}
