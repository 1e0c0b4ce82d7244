package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A project that names its environment, as projects of the hosted platform do, runs without a change. */
class UpEnvironmentTest {
    private final Folder folder = new Folder();

    @AfterEach
    void down() {
        folder.berth("down").ok();
        folder.delete();
    }

    @Test
    @Tag("AD-10")
    @Tag("CH-75")
    @Tag("CH-142")
    void theIdThatAProjectNamesIsItsEnvironment() throws IOException {
        Path project = project("exports.main = async (event) => ({ sum: event.a + event.b })");
        JsonNode up = Json.parse(folder.berth("up", "--detach", "--json", "--env", "cloud1-x", project.toString())
                .ok()
                .out());
        assertThat(up.path("environment").asText()).isEqualTo("cloud1-x");

        assertThat(call(up, "cloud1-x", "shop")
                        .json()
                        .path("result")
                        .path("sum")
                        .asInt())
                .isEqualTo(3);
        assertThat(folder.berth("functions", "--env", "cloud1-x").ok().out()).contains("shop-001", "sum-001");
        assertThat(call(up, "prod-01", "shop").systemError()).isEqualTo("-501000");
        Answer unknown = call(up, "cloud1-y", "shop");
        assertThat(unknown.errmsg()).isEqualTo("Environment not found");
        assertThat(unknown.header("x-berth-reason")).contains("berth up --env cloud1-y PATH");

        project("exports.main = async () => ({ sum: 'saved' })");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(call(up, "cloud1-x", "shop").body()).contains("saved"));

        folder.berth("down").ok();
        folder.berth("up", "--detach", "--env", "cloud1-x", project.toString()).ok();
        assertThat(folder.berth("invoke", "sum", "--env", "cloud1-x").ok().out())
                .contains("saved");
    }

    /** {@code shop} calls {@code sum} in the environment that both name. */
    private Path project(String sum) throws IOException {
        Path project = folder.path().resolve("project");
        save(project, "project.config.json", "{\"cloudfunctionRoot\":\"cloudfunctions/\"}");
        save(project, "cloudfunctions/sum/index.js", sum);
        save(project, "cloudfunctions/shop/package.json", """
                {"name":"shop","private":true,"dependencies":{"wx-server-sdk":"4.0.2"}}""");
        save(project, "cloudfunctions/shop/index.js", """
                const cloud = require('wx-server-sdk')
                cloud.init({ env: 'cloud1-x' })
                exports.main = async (event) => (await cloud.callFunction({ name: 'sum', data: event })).result
                """);
        return project;
    }

    private static void save(Path project, String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static Answer call(JsonNode up, String environment, String function) {
        URI gateway = URI.create(up.path("doors").path("gateway").asText());
        URI simulator = URI.create(up.path("doors").path("simulator").asText());
        Caller alice = Caller.signedIn(gateway, simulator, up.path("app").asText(), "alice");
        return Caller.send(HttpRequest.newBuilder(gateway.resolve("/__berth__/functions/" + function))
                .timeout(Duration.ofSeconds(60))
                .header("X-WX-ENV", environment)
                .header("X-Berth-Session", alice.session())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"data\":{\"a\":1,\"b\":2}}")));
    }
}
