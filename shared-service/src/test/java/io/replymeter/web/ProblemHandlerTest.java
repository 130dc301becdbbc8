package io.replymeter.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.junit.jupiter.web.SpringJUnitWebConfig;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
@SpringJUnitWebConfig(ProblemHandlerTest.Service.class)
class ProblemHandlerTest {

    @EnableWebMvc
    @Configuration(proxyBeanMethods = false)
    @Import({WebConventions.class, Things.class})
    static class Service {
        @Bean
        JsonMapper json() {
            return JsonMapper.shared();
        }
    }

    private static final String GOOD_THING = "{\"id\": \"3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11\", \"name\": \"x\"}";

    record Thing(
            @NotNull(message = "is missing") @Nullable UUID id,

            @NotBlank(message = "must not be empty") @Nullable String name) {}

    @RestController
    static class Things {

        private RuntimeException failure = new IllegalStateException("secret");

        @GetMapping("/things")
        Map<String, Object> list(
                @PageLimit(max = 200) @RequestParam(defaultValue = "50") int limit, @RequestParam String of) {
            return Map.of("limit", limit, "of", of);
        }

        @GetMapping("/things/{id}")
        String get(@PathVariable UUID id) {
            throw new Problem(HttpStatus.NOT_FOUND, "thing-not-found", "There is no such thing", "Check the id.")
                    .with("known", 7);
        }

        @PostMapping("/things")
        String add(
                @Valid @RequestBody Thing thing,
                @RequestHeader(name = "Idempotency-Key", required = false)
                        @Pattern(regexp = "[!-~]{1,20}", message = "must be 1 to 20 printable ASCII characters") @Nullable String key) {
            throw failure;
        }

        @PostMapping("/plain-things")
        Thing addPlain(@Valid @RequestBody Thing thing) {
            return thing;
        }

        @GetMapping("/unwritable")
        Object getUnwritable() {
            return new Object() {
                @SuppressWarnings("unused") // read by the JSON library
                public String getName() {
                    throw new IllegalStateException("secret");
                }
            };
        }

        @GetMapping("/failing")
        String fail() {
            throw failure;
        }
    }

    private final MockMvcTester mvc;
    private final Things things;

    ProblemHandlerTest(@Autowired WebApplicationContext context) {
        this.mvc = MockMvcTester.from(context);
        this.things = context.getBean(Things.class);
    }

    @Test
    void aProblemCarriesTypeTitleDetailAndProperties() {
        assertThat(mvc.get().uri("/things/{id}", UUID.randomUUID()))
                .hasStatus(404)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"type": "urn:replymeter:problem:thing-not-found", "title": "There is no such thing",
                         "status": 404, "detail": "Check the id.", "known": 7}""");
    }

    @Test
    void eachFieldOfABodyIsListedWithItsReason() {
        assertInvalid(
                post("/plain-things", "{\"name\": \"  \"}"),
                "id is missing; name must not be empty. Correct them and send the request again.",
                "id",
                "is missing",
                "name",
                "must not be empty");
    }

    @Test
    void parametersAndBodyAreCheckedTogether() {
        assertInvalid(
                mvc.post()
                        .uri("/things")
                        .header("Idempotency-Key", "a key")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"name\": \"x\"}"),
                "Idempotency-Key must be 1 to 20 printable ASCII characters; id is missing."
                        + " Correct them and send the request again.",
                "Idempotency-Key",
                "must be 1 to 20 printable ASCII characters",
                "id",
                "is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "201"})
    void aLimitOutOfRangeIsRefused(String limit) {
        assertInvalid(
                mvc.get().uri("/things?of=x&limit=" + limit),
                "limit must be 1 to 200. Correct it and send the request again.",
                "limit",
                "must be 1 to 200");
    }

    @Test
    void aReasonIsInEnglishWhateverTheCallerPrefers() {
        assertInvalid(
                mvc.get().uri("/things?of=x&limit=0").locale(Locale.GERMAN),
                "limit must be 1 to 200. Correct it and send the request again.",
                "limit",
                "must be 1 to 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "200"})
    void aLimitInRangeIsTaken(String limit) {
        assertThat(mvc.get().uri("/things?of=x&limit=" + limit)).hasStatusOk();
    }

    @Test
    void aParameterOfAnotherTypeIsRefusedWithoutQuotingIt() {
        assertInvalid(
                mvc.get().uri("/things?of=x&limit=secret"),
                "limit is not a valid int. Correct it and send the request again.",
                "limit",
                "is not a valid int");
    }

    @Test
    void aMissingParameterIsNamed() {
        assertInvalid(
                mvc.get().uri("/things"), "of is missing. Correct it and send the request again.", "of", "is missing");
    }

    @Test
    void aFieldThatCannotBeReadIsNamedWithoutQuotingIt() {
        assertInvalid(
                post("/things", "{\"id\": \"secret\"}"),
                "id is missing or cannot be read: /v3/api-docs describes it."
                        + " Correct it and send the request again.",
                "id",
                "is missing or cannot be read: /v3/api-docs describes it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{secret"})
    void aBodyThatCannotBeReadIsRefusedWithoutQuotingIt(String body) {
        assertInvalid(
                post("/things", body),
                "The body is missing or cannot be read: /v3/api-docs describes it."
                        + " Correct it and send the request again.",
                "The body",
                "is missing or cannot be read: /v3/api-docs describes it");
    }

    @Test
    void whatSpringItselfRefusesIsAProblemToo() {
        assertRefused(mvc.get().uri("/unknown"), 404);
        assertRefused(mvc.delete().uri("/things"), 405);
        assertRefused(
                mvc.post().uri("/things").contentType(MediaType.TEXT_PLAIN).content("x"), 415);
        assertRefused(mvc.get().uri("/things?of=x").accept(MediaType.APPLICATION_PDF), 406);
    }

    @ParameterizedTest
    @MethodSource
    void aDatabaseThatIsAwayIsToldAsSuch(RuntimeException failure) {
        things.failure = failure;

        assertThat(post("/things", GOOD_THING))
                .hasStatus(503)
                .hasHeader("Retry-After", "5")
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"type": "urn:replymeter:problem:try-again", "status": 503,
                         "detail": "It may have been written. Send the same request again in a few seconds, with the same \
                        Idempotency-Key if it had one."}""");
    }

    static Stream<RuntimeException> aDatabaseThatIsAwayIsToldAsSuch() {
        return Stream.of(
                new CannotCreateTransactionException("no connection"),
                new DataAccessResourceFailureException("connection lost"),
                new QueryTimeoutException("too slow"),
                new TransactionSystemException("no answer to the commit"),
                failed("53100"), // the disk is full
                failed("55P03"), // a lock that was not free in time
                failed("25P03"), // the server ended an idle transaction
                failed("25006"), // a standby
                new IllegalStateException("wrapped", failed("57P01")));
    }

    private static RuntimeException failed(String sqlState) {
        return new IllegalStateException(new SQLException("not now", sqlState));
    }

    @Test
    void aDatabaseThatIsAwayIsLoggedInOneLineHoweverManyAskForIt(CapturedOutput output) {
        things.failure = new TransactionSystemException("lost while it was full of requests");

        for (int i = 0; i < 20; i++) {
            post("/things", GOOD_THING).exchange();
        }

        assertThat(output.getOut().lines().filter(line -> line.contains("lost while it was full of requests")))
                .hasSize(1);
    }

    @Test
    void anUnexpectedErrorIsToldWithoutItsText() {
        things.failure = new IllegalStateException("secret");

        assertThat(post("/things", GOOD_THING))
                .hasStatus(500)
                .doesNotContainHeader("Retry-After")
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"type": "urn:replymeter:problem:unexpected-error", "status": 500,
                         "detail": "It may have been written. Send the same request again, with the same Idempotency-Key \
                        if it had one. If it fails again, tell the operator when it happened."}""");
    }

    @Test
    void aReadIsNeverSaidToHaveWritten() {
        things.failure = new QueryTimeoutException("too slow");
        assertThat(mvc.get().uri("/failing"))
                .bodyJson()
                .extractingPath("detail")
                .isEqualTo("Send the same request again in a few seconds.");

        things.failure = new IllegalStateException();
        assertThat(mvc.get().uri("/failing"))
                .bodyJson()
                .extractingPath("detail")
                .isEqualTo("Send the same request again. If it fails again, tell the operator when it happened.");
    }

    @Test
    void anAnswerThatCannotBeWrittenIsUnexpectedAndNotTheCallersFault() {
        assertThat(mvc.get().uri("/unwritable"))
                .hasStatus(500)
                .bodyJson()
                .extractingPath("type")
                .isEqualTo("urn:replymeter:problem:unexpected-error");
    }

    private MockMvcTester.MockMvcRequestBuilder post(String path, String body) {
        return mvc.post().uri(path).contentType(MediaType.APPLICATION_JSON).content(body);
    }

    private static void assertInvalid(
            MockMvcTester.MockMvcRequestBuilder request, String detail, String... fieldsAndReasons) {
        List<Map<String, String>> errors = new ArrayList<>();
        for (int i = 0; i < fieldsAndReasons.length; i += 2) {
            errors.add(Map.of("field", fieldsAndReasons[i], "reason", fieldsAndReasons[i + 1]));
        }
        assertThat(request)
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyText()
                .doesNotContain("secret");
        assertThat(request).bodyJson().extractingPath("type").isEqualTo("urn:replymeter:problem:invalid-request");
        assertThat(request).bodyJson().extractingPath("detail").isEqualTo(detail);
        assertThat(request).bodyJson().extractingPath("errors").isEqualTo(errors);
    }

    private static void assertRefused(MockMvcTester.MockMvcRequestBuilder request, int status) {
        assertThat(request)
                .hasStatus(status)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("detail")
                .asString()
                .endsWith("The API is described at /v3/api-docs.");
    }
}
