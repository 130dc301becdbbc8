package io.replymeter.web.input;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.replymeter.web.WebConventions;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.junit.jupiter.web.SpringJUnitWebConfig;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.json.JsonMapper;

@SpringJUnitWebConfig(StrictInputTest.Service.class)
class StrictInputTest {

    @ImportAutoConfiguration(WebMvcAutoConfiguration.class)
    @Configuration(proxyBeanMethods = false)
    @Import({WebConventions.class, Things.class})
    static class Service {
        @Bean
        JsonMapper json() {
            return JsonMapper.shared();
        }
    }

    enum Color {
        RED,
        BLUE
    }

    record Inner(@Nullable Integer days) {}

    record Thing(
            @Nullable UUID id,
            @Nullable Color color,
            @Nullable String name,
            @Nullable Integer count,
            @Nullable Boolean shown,
            @Nullable Duration within,
            @Nullable LocalDate day,
            @Nullable List<String> tags,
            @Nullable Inner inner) {}

    @RestController
    static class Things {

        @PostMapping("/things")
        Thing add(@RequestBody Thing thing) {
            return thing;
        }

        @GetMapping("/things")
        List<UUID> list(@RequestParam List<UUID> id) {
            return id;
        }

        @GetMapping("/things/{id}")
        String get(
                @PathVariable UUID id,
                @RequestParam(defaultValue = "1") int limit,
                @RequestParam(defaultValue = "1") long cursor) {
            return id + " " + limit + " " + cursor;
        }
    }

    private final MockMvcTester mvc;

    StrictInputTest(@Autowired WebApplicationContext context) {
        this.mvc = MockMvcTester.from(context);
    }

    @Test
    void whatTheApiDescribesIsTaken() {
        String thing = """
                {"id": "3F0C1D6E-8f53-4c39-9a3f-0b7f6f9b2a11", "color": "BLUE", "name": "\\ud83d\\ude00 é", "count": 3,
                 "shown": false, "within": "PT1H", "day": "2026-12-01", "tags": ["a"], "inner": {"days": 7}}""";

        assertThat(post(thing)).hasStatusOk();
        assertThat(post("{\"name\": null, \"count\": null, \"within\": null}")).hasStatusOk();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            id       | {"id": "1-1-1-1-1"}
            id       | {"id": "3f0c1d6e8f534c399a3f0b7f6f9b2a11"}
            id       | {"id": "PwwdboU5TDmaPwt/b5sqEQ=="}
            id       | {"id": 1}
            color    | {"color": 1}
            color    | {"color": "1"}
            color    | {"color": "red"}
            color    | {"color": ""}
            name     | {"name": 1}
            name     | {"name": 1.5}
            name     | {"name": true}
            name     | {"name": ["x"]}
            name     | {"name": "\\ud83d"}
            name     | {"name": "\\ude00x"}
            count    | {"count": "3"}
            count    | {"count": 30.9}
            count    | {"count": 3e1}
            count    | {"count": true}
            count    | {"count": ""}
            count    | {"count": 99999999999}
            shown    | {"shown": "true"}
            shown    | {"shown": 1}
            shown    | {"shown": ""}
            within   | {"within": 3600}
            within   | {"within": 1e300}
            within   | {"within": "3600"}
            within   | {"within": ""}
            day      | {"day": [2026, 12, 1]}
            day      | {"day": 20000}
            day      | {"day": "2026-12-01T00:00:00Z"}
            tags     | {"tags": "a"}
            tags     | {"tags": ""}
            tags.[1] | {"tags": ["a", 1]}
            inner.days | {"inner": {"days": "7"}}
            inner.dayz | {"inner": {"dayz": 7}}
            inner    | {"inner": ""}
            inner    | {"inner": []}
            colour   | {"colour": "RED"}
            The body | {"s3cret col\\nour": "RED"}
            The body | {"name": "a", "name": "b"}
            The body | {"name": "a"} {"name": "b"}
            The body | {"name": "a"} x
            The body | [{"name": "a"}]
            The body | "s3cret"
            The body | {"name": 'a'}
            The body | {"name": NaN}
            """)
    void whatItDoesNotDescribeIsRefusedByName(String field, String body) {
        assertThat(post(body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[0].field")
                .isEqualTo(field);
        assertThat(post(body)).bodyText().doesNotContain("s3cret");
    }

    /** Half of a surrogate pair, overlong forms of a slash, and what begins or goes on without the rest. */
    @ParameterizedTest
    @ValueSource(strings = {"eda080", "c0af", "e080af", "f08080af", "c3", "80", "ff"})
    void bytesThatAreNotUtf8AreRefused(String hex) {
        byte[] body =
                HexFormat.of().parseHex(HexFormat.of().formatHex("{\"name\":\"".getBytes(US_ASCII)) + hex + "227d");

        assertThat(mvc.post()
                        .uri("/things")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .hasStatus(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/yaml", "application/x-yaml", "application/cbor", "application/xml", "text/plain"})
    void anotherFormatIsRefused(String type) {
        assertThat(mvc.post().uri("/things").header("Content-Type", type).content("{\"name\": \"a\"}"))
                .hasStatus(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/things/1-1-1-1-1",
                "/things?id=1-1-1-1-1",
                "/things?id=3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11&id=1-1-1-1-1",
                "/things/3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11%20",
                "/things/3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11?limit=0x1F",
                "/things/3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11?limit=%207",
                "/things/3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11?limit=%2B7",
                "/things/3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11?limit=1.0",
                "/things/3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11?cursor=%231F"
            })
    void idsAndNumbersOfPathsAndQueriesAreWrittenInOneWay(String path) {
        assertThat(mvc.get().uri(URI.create(path))).hasStatus(400);
    }

    @Test
    void ordinaryIdsAndNumbersAreTaken() {
        assertThat(mvc.get().uri("/things/3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11?limit=7&cursor=-9"))
                .bodyText()
                .isEqualTo("3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11 7 -9");
    }

    private MockMvcTester.MockMvcRequestBuilder post(String body) {
        return mvc.post().uri("/things").contentType(MediaType.APPLICATION_JSON).content(body);
    }
}
