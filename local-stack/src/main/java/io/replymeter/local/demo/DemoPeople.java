package io.replymeter.local.demo;

import io.replymeter.local.api.NewUser;
import io.replymeter.local.stack.DataFolder;
import io.replymeter.local.stack.SigningKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes down everybody of the sample marketplace with a token, so that the web application lets one become any of them. */
final class DemoPeople {

    private static final Duration LIFETIME = Duration.ofDays(30);

    private final DataFolder folder;
    private final SigningKey key;

    DemoPeople(DataFolder folder) {
        this.folder = folder;
        this.key = folder.signingKey();
    }

    private record Person(
            String id, String name, String role, @Nullable String about, String token) {}

    void write(Marketplace marketplace) {
        List<Person> people = Stream.of(
                        marketplace.providers().stream()
                                .map(provider -> person(provider.user(), provider.habit().description)),
                        marketplace.members().stream().map(member -> person(member.user(), null)),
                        marketplace.clients().stream().map(client -> person(client, null)))
                .flatMap(each -> each)
                .toList();
        folder.writeSecret(folder.demoPeople(), new JsonMapper().writeValueAsString(Map.of("people", people)));
    }

    private Person person(NewUser user, @Nullable String about) {
        String id = user.id().toString();
        return new Person(id, user.displayName(), user.role().name(), about, key.token(id, List.of(), LIFETIME));
    }
}
