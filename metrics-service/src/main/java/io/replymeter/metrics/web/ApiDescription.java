package io.replymeter.metrics.web;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import org.springframework.context.annotation.Configuration;

/** What OpenAPI says of the whole API. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Replymeter metrics API",
                        version = "1",
                        description = "How quickly and how reliably a provider answers. Times are UTC, ISO 8601;"
                                + " durations are in seconds. Errors are RFC 9457 problem details."),
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(
        name = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "Scope metrics:read for /api, metrics:ops for /ops.")
@Configuration
class ApiDescription {}
