package io.replymeter.messaging.user;

import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Somebody who can write messages.
 *
 * @param id also the subject of their tokens
 */
@Table("users")
public record User(@Id UUID id, UserRole role, String displayName) {}
