package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** {@code ./berth up --detach} in a folder of its own; nothing of it is left at the end, which is checked. */
final class Platform implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    private Folder folder = new Folder();
    private final List<String> services;
    private JsonNode doors = MissingNode.getInstance();

    /** @param services of {@code acceptance/services}, to be deployed at the start; none for the examples */
    Platform(String... services) {
        this.services = Arrays.stream(services)
                .map(name -> Folder.service(name).toString())
                .toList();
    }

    Platform up() {
        List<String> command = new ArrayList<>(List.of("up", "--detach", "--json"));
        command.addAll(services);
        Ran up = folder.berth(command.toArray(String[]::new));
        if (up.exitCode() != 0) {
            folder.berth("down");
        }
        doors = Json.parse(up.ok()
                .out()
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow());
        return this;
    }

    /** {@code ./berth serve}, in the foreground until {@link #close}. */
    void serve(Path config) {
        Running server = folder.start("serve", "--config", config.toString());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.out().contains("}") || !server.process().isAlive());
        String out = server.out();
        assertThat(out).as(server.err()).contains("{");
        doors = JsonNodeFactory.instance.objectNode().set("doors", Json.parse(out.substring(out.indexOf('{'))));
    }

    Folder folder() {
        return folder;
    }

    Ran berth(String... arguments) {
        return folder.berth(arguments);
    }

    /** What {@code up --json} printed. */
    JsonNode doors() {
        return doors;
    }

    URI door(String name) {
        return URI.create(doors.path("doors").path(name).asText());
    }

    long pid() {
        return doors.path("pid").asLong();
    }

    Caller as(String user) {
        return as(user, doors.path("app").asText());
    }

    /** Signs a user in as a mini program does: a code of wx.login, exchanged at the gateway. */
    Caller as(String user, String app) {
        return Caller.signedIn(door("gateway"), door("simulator"), app, user);
    }

    Caller stranger() {
        return new Caller(door("gateway"), "");
    }

    void deploy(Path path, String... options) {
        List<String> command = new ArrayList<>(List.of("deploy", path.toString()));
        command.addAll(List.of(options));
        berth(command.toArray(String[]::new)).ok();
    }

    /** As {@code berth services} tells it. */
    JsonNode service(String name) {
        for (JsonNode service :
                Json.parse(berth("services", "--json").ok().out()).path("services")) {
            if (service.path("name").asText().equals(name)) {
                return service;
            }
        }
        return MissingNode.getInstance();
    }

    void assertNothingRuns() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Processes.naming(folder.path())).isEmpty());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (Files.notExists(folder.path())) { // at a second try of a test that failed
            folder = new Folder();
        }
        up();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        folder.berth("down").ok();
        assertNothingRuns();
        folder.delete();
    }
}
