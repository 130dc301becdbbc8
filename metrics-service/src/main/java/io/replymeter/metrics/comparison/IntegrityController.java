package io.replymeter.metrics.comparison;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For SREs (scope {@code metrics:ops}). */
@RestController
@Tag(name = "Operations")
class IntegrityController {

    private final Integrity integrity;

    IntegrityController(Integrity integrity) {
        this.integrity = integrity;
    }

    @Operation(
            summary = "Check each layer of the live tables against the one below",
            description = "Reads everything once, in one snapshot, while the service goes on. Answers when it is done:"
                    + " seconds for a million messages. Differences mean damaged tables: rebuild.")
    @GetMapping("/ops/v1/integrity")
    Integrity.Report check() {
        return integrity.check();
    }
}
