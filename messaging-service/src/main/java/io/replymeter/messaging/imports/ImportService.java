package io.replymeter.messaging.imports;

import io.replymeter.messaging.conversation.History;
import io.replymeter.messaging.conversation.History.PastMessage;
import io.replymeter.messaging.conversation.History.Verdict;
import io.replymeter.messaging.user.UserRole;
import io.replymeter.messaging.user.UserRoles;
import io.replymeter.messaging.user.UserStates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Imports a log: adds the good rows in one transaction, and reports the others with line and reason. */
@Service
class ImportService {

    private static final int MAXIMUM_ERRORS = 1_000;

    private final History history;
    private final UserRoles users;
    private final UserStates states;

    ImportService(History history, UserRoles users, UserStates states) {
        this.history = history;
        this.users = users;
        this.states = states;
    }

    /** Importing the same log again changes nothing. */
    @Transactional
    public ImportReport take(List<LogLine> log) {
        Instant now = history.open();
        List<LogLine.Rejected> rejected = new ArrayList<>();
        List<LogLine.Parsed> fitting = new ArrayList<>();
        Map<UUID, UserRole> roles = rolesOf(log);
        Set<UUID> erased = states.erasedAmong(roles.keySet());
        for (LogLine line : log) {
            if (line instanceof LogLine.Parsed parsed) {
                String reason = misfit(parsed.message(), now, roles, erased);
                if (reason == null) {
                    fitting.add(parsed);
                } else {
                    rejected.add(new LogLine.Rejected(line.line(), reason));
                }
            } else {
                rejected.add((LogLine.Rejected) line);
            }
        }
        List<PastMessage> fresh = fresh(fitting, rejected);
        users.addMissing(rolesIn(fresh));
        history.add(fresh);
        return report(log.size(), fresh.size(), rejected);
    }

    private Map<UUID, UserRole> rolesOf(List<LogLine> log) {
        List<UUID> ids = log.stream()
                .filter(LogLine.Parsed.class::isInstance)
                .map(line -> ((LogLine.Parsed) line).message())
                .flatMap(ImportService::usersOf)
                .distinct()
                .toList();
        return new HashMap<>(users.find(ids));
    }

    private static Stream<UUID> usersOf(PastMessage message) {
        return Stream.of(message.clientId(), message.providerId(), message.accountId());
    }

    /** Why the message cannot be imported, or null if it can. The first row that names a user settles the role. */
    private static @Nullable String misfit(
            PastMessage message, Instant now, Map<UUID, UserRole> roles, Set<UUID> erased) {
        if (message.sentAt().isAfter(now)) {
            return "sent_at lies in the future";
        }
        if (message.excuse() != null && message.excuse().excusedAt().isAfter(now)) {
            return "excused_at lies in the future";
        }
        if (message.clientId().equals(message.providerId())) {
            return "client_id and provider_id are the same";
        }
        if (message.clientId().equals(message.accountId())) {
            return "client_id and answering_for are the same";
        }
        if (usersOf(message).anyMatch(erased::contains)) {
            return "somebody in it was erased";
        }
        if (hasOther(UserRole.CLIENT, message.clientId(), roles)) {
            return "client_id is the id of a user with another role";
        }
        if (hasOther(UserRole.PROVIDER, message.providerId(), roles)) {
            return "provider_id is the id of a user with another role";
        }
        if (hasOther(UserRole.PROVIDER, message.accountId(), roles)) {
            return "answering_for is the id of a user with another role";
        }
        roles.putAll(rolesIn(List.of(message)));
        return null;
    }

    private static boolean hasOther(UserRole role, UUID user, Map<UUID, UserRole> roles) {
        return roles.getOrDefault(user, role) != role;
    }

    private List<PastMessage> fresh(List<LogLine.Parsed> fitting, List<LogLine.Rejected> rejected) {
        List<PastMessage> fresh = new ArrayList<>();
        List<Verdict> verdicts =
                history.judge(fitting.stream().map(LogLine.Parsed::message).toList());
        for (int i = 0; i < verdicts.size(); i++) {
            LogLine.Parsed row = fitting.get(i);
            switch (verdicts.get(i)) {
                case NEW -> fresh.add(row.message());
                case PRESENT -> {}
                case CONVERSATION_DELETED ->
                    rejected.add(new LogLine.Rejected(row.line(), "the conversation was deleted"));
                case CONVERSATION_OF_OTHERS ->
                    rejected.add(new LogLine.Rejected(row.line(), "conversation_id belongs to other users"));
                case ID_OF_ANOTHER_MESSAGE ->
                    rejected.add(new LogLine.Rejected(row.line(), "message_id belongs to another message"));
            }
        }
        return fresh;
    }

    private static Map<UUID, UserRole> rolesIn(List<PastMessage> messages) {
        Map<UUID, UserRole> roles = new HashMap<>();
        messages.forEach(message -> {
            roles.put(message.clientId(), UserRole.CLIENT);
            roles.put(message.providerId(), UserRole.PROVIDER);
            roles.put(message.accountId(), UserRole.PROVIDER);
        });
        return roles;
    }

    private static ImportReport report(int rows, int imported, List<LogLine.Rejected> rejected) {
        List<LogLine.Rejected> errors = rejected.stream()
                .sorted(Comparator.comparingLong(LogLine.Rejected::line))
                .limit(MAXIMUM_ERRORS)
                .toList();
        return new ImportReport(rows, imported, rows - imported - rejected.size(), rejected.size(), errors);
    }
}
