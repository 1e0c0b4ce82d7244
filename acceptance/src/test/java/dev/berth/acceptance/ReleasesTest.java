package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Traffic moves between versions, and back. */
class ReleasesTest {
    private static final int CALLERS = 4;
    private static final int ENOUGH_CALLS = 400;

    @RegisterExtension
    static final Platform platform = new Platform("echo");

    private static Path folder;

    @BeforeAll
    static void twoVersions() throws IOException {
        folder = platform.folder().copyOf("echo", "moved");
        platform.deploy(folder);
        Files.writeString(folder.resolve("change.txt"), "changed");
        platform.deploy(folder);
    }

    @Test
    @Tag("HO-9")
    void aPartOfTheCallsGoesToAVersionAndTheRestToTheOther() {
        assertThat(platform.berth("release", "moved", "moved-002").ok().out()).contains("Traffic of moved: moved-002");
        assertThat(platform.berth("release", "moved", "moved-001", "--weight", "40")
                        .ok()
                        .out())
                .contains("moved-002 60 % · moved-001 40 %");

        Caller alice = platform.as("alice");
        Set<Long> answering = new HashSet<>();
        for (int call = 0; call < 60; call++) {
            answering.add(alice.get("moved", "/").pid());
        }
        assertThat(answering).as("processes that answered 60 calls").hasSize(2);
        assertThat(platform.berth("services").ok().out()).contains("moved-002 60 % · moved-001 40 %");
        assertThat(platform.berth("instances", "moved").ok().out()).contains("moved-001-", "moved-002-", "running");
    }

    @Test
    @Tag("HO-14")
    void noCallFailsWhileTrafficMovesToAndFro() throws Exception {
        Caller alice = platform.as("alice");
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        List<Future<List<String>>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(() -> {
                    List<String> failed = new ArrayList<>();
                    while (!over.get()) {
                        Answer answer = alice.get("moved", "/wait?ms=20");
                        calls.incrementAndGet();
                        if (answer.status() != 200) {
                            failed.add(answer.status() + " " + answer.body());
                        }
                    }
                    return failed;
                }));
            }
            for (int move = 0; move < 2; move++) {
                platform.berth("release", "moved", "moved-001").ok();
                platform.berth("release", "moved", "moved-002", "--weight", "50")
                        .ok();
                platform.berth("release", "moved", "moved-002").ok();
                platform.berth("rollback", "moved").ok();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> calls.get() >= ENOUGH_CALLS);
            over.set(true);
        }
        for (Future<List<String>> caller : callers) {
            assertThat(caller.get()).isEmpty();
        }
        System.out.println("calls while traffic moved: %d, failed: 0".formatted(calls.get()));
    }

    @Test
    @Tag("HO-14")
    void aGrayVersionThatDoesNotStartIsRefused() throws IOException {
        Path broken = platform.folder().copyOf("stillborn", "grey");
        platform.deploy(Folder.service("echo"), "--name", "grey");

        Ran deploy = platform.berth("deploy", broken.toString(), "--release", "gray", "--weight", "20");

        assertThat(deploy.exitCode()).isEqualTo(1);
        assertThat(deploy.err()).contains("grey-002 gets no traffic, for it does not become ready");
        assertThat(platform.as("alice").get("grey", "/").status()).isEqualTo(200);
        assertThat(platform.berth("versions", "grey").ok().out())
                .contains("grey-001")
                .doesNotContain("grey-002");
    }

    @Test
    void whatIsRemovedIsGoneAndTold() {
        platform.deploy(Folder.service("echo"), "--name", "shortlived");
        assertThat(platform.berth("rm", "shortlived").exitCode())
                .as("without a terminal and --yes")
                .isEqualTo(2);
        platform.berth("rm", "shortlived", "--yes").ok();

        assertThat(platform.service("shortlived").isMissingNode()).isTrue();
        assertThat(platform.berth("events", "--service", "shortlived").ok().out())
                .contains("version_deployed", "service_removed", "(operator:");
    }
}
