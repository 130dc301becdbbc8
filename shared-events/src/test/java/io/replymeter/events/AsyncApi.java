package io.replymeter.events;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The contract in asyncapi.yaml, with schemas that validate and assert formats. */
final class AsyncApi {

    private static final String LOCATION = "urn:replymeter:asyncapi";

    final JsonNode document = read();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemas(Map.of(LOCATION, document.toString()))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    /** The schema of an event type, or of a type that they share. */
    Schema schema(String name) {
        return schemas.getSchema(SchemaLocation.of(LOCATION + "#/components/schemas/" + name));
    }

    Stream<String> eventTypes() {
        return document.at("/components/messages").propertyNames().stream();
    }

    private static JsonNode read() {
        try (InputStream yaml = Objects.requireNonNull(EventCodec.class.getResourceAsStream("/asyncapi.yaml"))) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
