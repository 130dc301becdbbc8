package io.replymeter.messaging.imports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Imports")
class ImportController {

    private static final String EXAMPLE = """
            message_id,conversation_id,client_id,provider_id,sender_role,sent_at,kind
            3f0c1d6e-8f53-4c39-9a3f-0b7f6f9b2a11,7a1e3c55-2f43-4c0e-8d0a-6f6b6d0b8c22,b2a7c1b0-92ad-4f0e-a7c4-1f1f9b0c3d33,c9d8e7f6-a5b4-4c3d-8e2f-1a0b9c8d7e44,CLIENT,2026-11-20T09:30:00Z,HUMAN
            """;

    private final ImportService imports;

    ImportController(ImportService imports) {
        this.imports = imports;
    }

    @PostMapping(path = "/api/v1/imports", consumes = "text/csv")
    @Operation(
            summary = "Import a message log",
            description =
                    "Scope admin. At most 10,000 rows. Ids and times are kept, unknown users are added with the role"
                            + " the log gives them. Good rows are imported, the others are listed; importing a log again changes nothing."
                            + " Optional columns: kind, answerable_from, answering_for, excused_by, excuse_reason and"
                            + " excused_at.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(mediaType = "text/csv", examples = @ExampleObject(EXAMPLE))))
    @ApiResponse(responseCode = "200", description = "How many rows were imported, present already or rejected")
    @ApiResponse(responseCode = "400", description = "Not a message log; nothing was imported")
    @ApiResponse(responseCode = "413", description = "More than 10,000 rows, or over 16 MB; nothing was imported")
    @ApiResponse(responseCode = "429", description = "Too many imports at once; Retry-After says when to send it again")
    ImportReport take(
            @Parameter(hidden = true) InputStream csv,
            @Parameter(description = "the line number of the first row, when this is a later part of a longer log")
                    @RequestParam(defaultValue = "2")
                    @Min(value = 1, message = "must be 1 or more") long firstLine)
            throws IOException {
        return imports.take(LogReader.read(csv, firstLine));
    }
}
