package io.replymeter.messaging.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.messaging.Api;
import io.replymeter.messaging.MessagingTest;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@MessagingTest
class TeamsTest {

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    UUID shop;
    UUID member;

    @BeforeEach
    void twoProviders() {
        shop = api.newUser("PROVIDER");
        member = api.newUser("PROVIDER");
    }

    @Test
    void aProviderAndAnAdminAddAndRemoveMembers() {
        UUID another = api.newUser("PROVIDER");

        assertThat(add(Api.user(shop), shop, member)).hasStatus(204);
        assertThat(add(Api.admin(), shop, another)).hasStatus(204);
        assertThat(add(Api.admin(), shop, another)).hasStatus(204);
        assertThat(members(Api.user(shop))).containsExactly(member, another);

        assertThat(remove(Api.user(shop), shop, another)).hasStatus(204);
        assertThat(remove(Api.user(shop), shop, another)).hasStatus(204);
        assertThat(members(Api.admin())).containsExactly(member);
    }

    @Test
    void nobodyElseManagesATeamOrLearnsWhetherThereIsOne() {
        add(Api.user(shop), shop, member);

        for (UUID other : List.of(member, api.newUser("PROVIDER"), api.newUser("CLIENT"))) {
            for (UUID team : List.of(shop, UUID.randomUUID())) {
                api.problem(403, "not-your-team", add(Api.user(other), team, other));
                api.problem(403, "not-your-team", remove(Api.user(other), team, member));
                api.problem(403, "not-your-team", list(Api.user(other), team));
            }
        }
        assertThat(members(Api.user(shop))).containsExactly(member);
    }

    @Test
    void onlyAnotherProviderCanBeAMember() {
        for (UUID not : List.of(shop, api.newUser("CLIENT"), api.newUser("ADMIN"), UUID.randomUUID())) {
            api.problem(422, "not-a-possible-member", add(Api.user(shop), shop, not));
        }
        assertThat(members(Api.user(shop))).isEmpty();
    }

    @Test
    void onlyAProviderHasATeam() {
        for (UUID not : List.of(api.newUser("CLIENT"), UUID.randomUUID())) {
            api.problem(404, "provider-not-found", add(Api.admin(), not, member));
            api.problem(404, "provider-not-found", remove(Api.admin(), not, member));
            api.problem(404, "provider-not-found", list(Api.admin(), not));
        }
        UUID client = api.newUser("CLIENT");
        api.problem(404, "provider-not-found", add(Api.user(client), client, member));
    }

    @Test
    void aTeamHasAnEnd() {
        database.sql("""
                        WITH added AS (
                            INSERT INTO users (id, role, display_name)
                            SELECT gen_random_uuid(), 'PROVIDER', 'Somebody' FROM generate_series(1, 500) RETURNING id)
                        INSERT INTO team_members (provider_id, member_id) SELECT ?, id FROM added
                        """).param(shop).update();

        api.problem(409, "team-is-full", add(Api.user(shop), shop, member));

        UUID present = members(Api.user(shop)).get(0);
        assertThat(add(Api.user(shop), shop, present)).hasStatus(204);
    }

    private MvcTestResult add(RequestPostProcessor who, UUID provider, UUID user) {
        return api.put(who, "/api/v1/providers/{id}/members/{userId}", provider, user);
    }

    private MvcTestResult remove(RequestPostProcessor who, UUID provider, UUID user) {
        return api.delete(who, "/api/v1/providers/{id}/members/{userId}", provider, user);
    }

    private MvcTestResult list(RequestPostProcessor who, UUID provider) {
        return api.get(who, "/api/v1/providers/{id}/members", provider);
    }

    private List<UUID> members(RequestPostProcessor who) {
        return StreamSupport.stream(
                        api.json(200, list(who, shop)).path("members").spliterator(), false)
                .map(id -> UUID.fromString(id.asString()))
                .toList();
    }
}
