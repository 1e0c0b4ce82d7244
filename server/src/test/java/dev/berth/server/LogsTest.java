package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class LogsTest {
    private static final String LOGS = ServerFixture.SERVICES + "/demo/logs";

    @TempDir
    private Path data;

    private ServerFixture server;
    private String session;

    @BeforeEach
    void start() throws Exception {
        server = ServerFixture.start(data);
        server.deploy("demo", ServiceTar.greeter("hello"), "");
        session = server.session("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theLastLinesComeOldestFirst() throws Exception {
        for (String path : List.of("/1", "/2", "/3")) {
            server.call("demo", path, session);
        }
        await().until(() -> server.get(LOGS).body().contains("path /3"));

        assertThat(server.get(LOGS).headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(server.get(LOGS + "?lines=2").lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("path /2"),
                        line -> assertThat(line).endsWith("path /3"));
        assertThat(server.get(LOGS + "?lines=0").body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines=-1", "lines=100001", "lines=all", "follow=yes", "follow=True"})
    void aQueryThatCannotBeIsRefused(String query) throws Exception {
        Reply reply = server.get(LOGS + "?" + query);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("REQUEST_INVALID");
    }

    @Test
    void aFollowerGetsWhatIsThereAndThenWhatComes() throws Exception {
        server.call("demo", "/before", session);
        await().until(() -> server.get(LOGS).body().contains("path /before"));

        try (BufferedReader lines = reader(follow())) {
            assertThat(next(lines, "path ")).endsWith("path /before");
            server.call("demo", "/after", session);
            assertThat(next(lines, "path ")).endsWith("path /after");
        }
    }

    @Test
    void aFollowingEndsWithItsClientEvenIfNothingIsLogged() throws Exception {
        InputStream lines = follow().body();
        await().until(() -> Threads.anyIn("LogRoutes.follow"));

        lines.close();

        await().atMost(Duration.ofSeconds(20)).until(() -> !Threads.anyIn("LogRoutes.follow"));
        await().until(() -> !Threads.anyIn("LogFollower"));
    }

    @Test
    void aFollowingEndsWithItsService() throws Exception {
        try (BufferedReader lines = reader(follow())) {
            await().until(() -> Threads.anyIn("LogRoutes.follow"));

            server.send("DELETE", ServerFixture.SERVICES + "/demo", "");

            assertThat(lines.lines()).isNotNull().allMatch(line -> !line.isEmpty());
        }
    }

    @Test
    void aFollowingEndsWithTheServer() throws Exception {
        HttpResponse<InputStream> following = follow();
        await().until(() -> Threads.anyIn("LogRoutes.follow"));

        server.close();

        assertThat(Threads.anyIn("LogRoutes.follow")).isFalse();
        following.body().close();
    }

    private HttpResponse<InputStream> follow() throws IOException, InterruptedException {
        return server.client().send(server.authorised(LOGS + "?follow=true").build(), BodyHandlers.ofInputStream());
    }

    private static BufferedReader reader(HttpResponse<InputStream> following) {
        return new BufferedReader(new InputStreamReader(following.body(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader lines, String part) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(part)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }
}
