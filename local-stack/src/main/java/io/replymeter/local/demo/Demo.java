package io.replymeter.local.demo;

import io.replymeter.local.api.MessagingApi;
import io.replymeter.local.api.NewMessage;
import io.replymeter.local.api.NewUser;
import io.replymeter.local.imports.LogImport;
import io.replymeter.local.progress.Progress;
import io.replymeter.local.stack.CannotContinue;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Fills a running stack with the sample marketplace through its public API, once for each data folder. */
public final class Demo {

    private static final String DONE = "demo-done";
    private static final String TIME = "demo-time";
    private static final long SEED = 30;
    private static final int LIVE_INQUIRIES = 3;
    private static final int HOLIDAY_DAYS = 6;
    private static final List<Map<String, String>> OFFICE_HOURS = Stream.of(
                    "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")
            .map(day -> Map.of("day", day, "from", "09:00", "to", "17:00"))
            .toList();
    private static final Duration METRICS_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private final DataFolder folder;
    private final SigningKey key;
    private final MessagingApi api;
    private final Consumer<String> say;

    public Demo(DataFolder folder, MessagingApi api, Consumer<String> say) {
        this.folder = folder;
        this.key = folder.signingKey();
        this.api = api;
        this.say = say;
    }

    /** A provider worth looking at, and a client who can see its profile. */
    public record Sight(UUID provider, String name, String habit, UUID client) {}

    /**
     * Fills the stack in unless that was completed before, and waits for at most 2 minutes until profiles show it. A run
     * that failed or was interrupted is completed by the next one.
     *
     * @return one provider of each habit
     * @throws CannotContinue when something of it was refused or the service does not answer
     */
    public List<Sight> run() {
        Marketplace marketplace = new Marketplace(SEED, firstRun());
        Path done = folder.file(DONE);
        if (!Files.exists(done)) {
            createUsers(marketplace);
            formTeams(marketplace);
            announceAbsences(marketplace);
            importHistory(marketplace);
            writeLive(marketplace);
            create(done);
        }
        new DemoPeople(folder).write(marketplace);
        List<Sight> sights = sights(marketplace);
        awaitNumbers(sights.get(0));
        return sights;
    }

    /**
     * The first of the providers worth looking at.
     *
     * @throws CannotContinue when the sample marketplace was not filled in here
     */
    public static Sight firstSight(DataFolder folder) {
        if (!Files.exists(folder.file(DONE))) {
            throw new CannotContinue("There is no sample marketplace here: run `up --demo`, or give the id of a user.");
        }
        return sights(new Marketplace(SEED, readTime(folder.file(TIME)))).get(0);
    }

    /** The time of the first run: with it every later run sends the same messages. */
    private Instant firstRun() {
        Path file = folder.file(TIME);
        try {
            if (Files.exists(file)) {
                return readTime(file);
            }
        } catch (DateTimeParseException e) {
            // Writing it was interrupted, so nothing was sent with that time.
        }
        return writeTime(file, Clock.systemUTC().instant());
    }

    private static Instant readTime(Path file) {
        try {
            return Instant.parse(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant writeTime(Path file, Instant time) {
        try {
            Files.writeString(file, time.toString());
            return time;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createUsers(Marketplace marketplace) {
        List<NewUser> users = new ArrayList<>(marketplace.clients());
        marketplace.providers().forEach(provider -> users.add(provider.user()));
        marketplace.members().forEach(member -> users.add(member.user()));
        try (Progress progress = Progress.of("People", users.size(), "users")) {
            users.forEach(user -> {
                api.create(user);
                progress.advance(1);
            });
        }
    }

    private void formTeams(Marketplace marketplace) {
        for (Marketplace.Member member : marketplace.members()) {
            String path = "/api/v1/providers/" + member.team() + "/members/"
                    + member.user().id();
            api.put(path, Map.of(), token(member.team()));
        }
    }

    private void announceAbsences(Marketplace marketplace) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Map<String, Object> officeHours = Map.of("timeZone", "UTC", "weeklyHours", OFFICE_HOURS);
        Map<String, Object> holiday = Map.of(
                "timeZone", "UTC", "absences", List.of(Map.of("from", today, "to", today.plusDays(HOLIDAY_DAYS))));
        marketplace.providers().forEach(provider -> {
            if (provider.habit() == Habit.OFFICE_HOURS) {
                api.put(
                        "/api/v1/me/availability",
                        officeHours,
                        token(provider.user().id()));
            } else if (provider.habit() == Habit.ON_HOLIDAY) {
                api.put(
                        "/api/v1/me/availability",
                        holiday,
                        token(provider.user().id()));
            }
        });
    }

    private void importHistory(Marketplace marketplace) {
        List<String> rows =
                marketplace.messages().stream().map(Marketplace.Message::row).toList();
        if (!new LogImport(api, folder.file(LogImport.SHIFTS), say)
                .run(Marketplace.Message.MORE_COLUMNS, rows, "30 days")) {
            throw new CannotContinue(
                    "Some messages of the sample marketplace were refused, for the reasons above; the next run tries again.");
        }
    }

    /** Questions to somebody on holiday are sent live: the service decides when their clock starts. */
    private void writeLive(Marketplace marketplace) {
        UUID provider = first(marketplace, Habit.ON_HOLIDAY).user().id();
        for (NewUser client : marketplace.clients().subList(0, LIVE_INQUIRIES)) {
            NewMessage question = new NewMessage(provider, "Are you free next week?", "HUMAN");
            api.send(question, token(client.id()), "demo-question-" + client.id());
        }
    }

    private String token(UUID user) {
        return key.token(user.toString(), List.of(), TOKEN_LIFETIME);
    }

    private static List<Sight> sights(Marketplace marketplace) {
        UUID client = marketplace.clients().get(0).id();
        Map<Habit, Sight> sights = new EnumMap<>(Habit.class);
        marketplace.providers().forEach(provider -> {
            NewUser user = provider.user();
            sights.putIfAbsent(
                    provider.habit(), new Sight(user.id(), user.displayName(), provider.habit().description, client));
        });
        return List.copyOf(sights.values());
    }

    private static Marketplace.Provider first(Marketplace marketplace, Habit habit) {
        return marketplace.providers().stream()
                .filter(provider -> provider.habit() == habit)
                .findFirst()
                .orElseThrow();
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitNumbers(Sight sight) {
        long deadline = System.nanoTime() + METRICS_TIMEOUT.toNanos();
        while (!showsNumbers(sight)) {
            if (System.nanoTime() > deadline) {
                say.accept(
                        "Profiles do not show these numbers yet; they will when metrics-service has counted the messages.");
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private boolean showsNumbers(Sight sight) {
        JsonNode profile = api.get("/api/v1/providers/" + sight.provider() + "/profile", token(sight.client()));
        return profile.path("responseMetrics").has("responseRate");
    }
}
