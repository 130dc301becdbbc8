package io.replymeter.messaging.pages;

import io.replymeter.messaging.web.Caller;
import io.replymeter.web.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Everybody of the sample marketplace with a token, for the holder of a token with the scope {@code demo}. The launcher writes
 * the file, because only it can sign tokens; where it names none, there is no such endpoint.
 */
@Hidden
@RestController
@ConditionalOnProperty("replymeter.web.demo-people")
class DemoPeopleController {

    private final Path file;

    DemoPeopleController(@Value("${replymeter.web.demo-people}") Path file) {
        this.file = file;
    }

    @GetMapping("/api/v1/demo/people")
    ResponseEntity<Resource> people(Caller caller) {
        if (!caller.scopes().contains("demo")) {
            throw new Problem(
                    HttpStatus.FORBIDDEN,
                    "not-allowed",
                    "This token does not allow that",
                    "Open the link that ./replymeter up --demo prints for it.");
        }
        if (!Files.exists(file)) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "no-demo",
                    "There is no sample marketplace yet",
                    "It is being filled in. Send the same request again when ./replymeter up --demo has said where to look.");
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new FileSystemResource(file));
    }
}
