package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The description that a server gives of its management API, and what was seen of it. */
final class ApiDescription {
    private static final String HERE = "https://berth.example/management-api";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    record Operation(String method, String path, String pointer, JsonNode node) {
        String id() {
            return node.path("operationId").asText();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Map<String, Operation> operations = new TreeMap<>();
    private final Set<String> seen = new TreeSet<>();

    ApiDescription(String json) throws JsonProcessingException {
        document = MAPPER.readTree(json);
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(HERE, json)));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry -> add(path.getKey(), entry.getKey(), path.getValue(), entry.getValue())));
    }

    private void add(String path, String method, JsonNode item, JsonNode operation) {
        String base = item.path("servers").isArray() ? "" : "/api/v1";
        String pointer = "#/paths/" + path.replace("/", "~1") + "/" + method;
        Operation added = new Operation(method.toUpperCase(Locale.ROOT), base + path, pointer, operation);
        assertThat(operations.put(added.id(), added))
                .as("operationId %s twice", added.id())
                .isNull();
    }

    JsonNode document() {
        return document;
    }

    Map<String, Operation> operations() {
        return operations;
    }

    Operation operation(String id) {
        return Objects.requireNonNull(operations.get(id), id);
    }

    /** The answer is one that the operation may give. */
    void check(String operationId, Reply reply) throws JsonProcessingException {
        Operation operation = operation(operationId);
        String what = operation + " → " + reply.status() + " " + reply.body();
        if (operation.node().path("responses").has(Integer.toString(reply.status()))) {
            seen.add(operationId + " " + reply.status());
            checkContent(what, operation.pointer() + "/responses/" + reply.status(), reply);
            return;
        }
        JsonNode refusals = operation.node().path("x-refusals");
        if (reply.status() == 401) {
            assertThat(operation.node().has("security")).as(what).isFalse();
        } else {
            assertThat(refusals.path(reply.code()).asInt()).as(what).isEqualTo(reply.status());
            seen.add(operationId + " " + reply.code());
        }
        assertThat(operation
                        .node()
                        .path("responses")
                        .path("default")
                        .path("$ref")
                        .asText())
                .isEqualTo("#/components/responses/Refusal");
        checkContent(what, "#/components/responses/Refusal", reply);
    }

    private void checkContent(String what, String response, Reply reply) throws JsonProcessingException {
        String type =
                reply.headers().firstValue("content-type").orElse("text/plain").replaceFirst(";.*", "");
        Schema schema = schemas.getSchema(
                SchemaLocation.of(HERE + response + "/content/" + type.replace("/", "~1") + "/schema"));
        if (type.equals("application/x-ndjson")) {
            for (String line : reply.lines()) {
                assertThat(errors(schema, MAPPER.readTree(line))).as(line).isEmpty();
            }
        } else {
            JsonNode body =
                    type.equals("application/json") ? MAPPER.readTree(reply.body()) : TextNode.valueOf(reply.body());
            assertThat(errors(schema, body)).as(what).isEmpty();
        }
    }

    private static String errors(Schema schema, JsonNode value) {
        return schema
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining("; "));
    }

    /** Every answer of 200 and every refusal that is described. */
    Set<String> promised() {
        Set<String> all = new TreeSet<>();
        operations.forEach((id, operation) -> {
            all.add(id + " 200");
            operation.node().path("x-refusals").fieldNames().forEachRemaining(code -> all.add(id + " " + code));
        });
        return all;
    }

    Set<String> seen() {
        return seen;
    }
}
