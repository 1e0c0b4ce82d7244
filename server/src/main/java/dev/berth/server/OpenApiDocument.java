package dev.berth.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The description of the management API, {@code docs/management-api.yaml}, for programs. */
final class OpenApiDocument {
    private OpenApiDocument() {}

    static void answer(RoutingContext context) throws IOException {
        context.response()
                .putHeader("content-type", "application/json; charset=utf-8")
                .end(Buffer.buffer(json()));
    }

    static byte[] json() throws IOException {
        try (InputStream yaml = Objects.requireNonNull(
                OpenApiDocument.class.getResourceAsStream("/management-api.yaml"), "management-api.yaml is missing")) {
            return new ObjectMapper().writeValueAsBytes(new YAMLMapper().readTree(yaml));
        }
    }
}
