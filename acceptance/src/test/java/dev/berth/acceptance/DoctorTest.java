package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code berth doctor} on the machine that these tests run on, which has what Berth needs. */
class DoctorTest {
    private static final List<String> ALWAYS = List.of(
            "System",
            "Java",
            "Node.js",
            "npm",
            "Open files",
            "Clock",
            "Loopback",
            "Data",
            "File system",
            "Space",
            "Server");

    @Test
    void withoutAndWithARunningServer() throws Exception {
        try (Platform platform = new Platform("echo", "stillborn")) {
            JsonNode before = Json.parse(platform.berth("doctor", "--json").ok().out());
            assertThat(names(before)).containsAll(ALWAYS);
            assertThat(said(before, "Server")).contains("none runs here");

            platform.up();
            JsonNode with = Json.parse(platform.berth("doctor", "--json").ok().out());
            assertThat(with.path("usable").asBoolean()).isTrue();
            assertThat(said(with, "Server")).contains("pid " + platform.pid());
            assertThat(said(with, "WeChat")).contains("simulated");
            assertThat(said(with, "token")).contains("only its owner");

            platform.as("alice").get("stillborn", "/");
            Files.setPosixFilePermissions(
                    platform.folder().data().resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(platform.berth("doctor").ok().out())
                    .contains("! Service         stillborn fails: ", "  → Read its log: ./berth logs stillborn")
                    .contains("! token", "chmod 600")
                    .contains("Berth works here");
        }
    }

    @Test
    void aTakenPortIsNamedWithItsHolder() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Folder folder = new Folder().with("BERTH_GATEWAY_PORT", String.valueOf(taken.getLocalPort()));
            try {
                Ran doctor = folder.berth("doctor");
                assertThat(doctor.exitCode()).isEqualTo(1);
                assertThat(doctor.out())
                        .contains("✗ Port %-10d taken by java, pid %d"
                                .formatted(
                                        taken.getLocalPort(),
                                        ProcessHandle.current().pid()))
                        .contains("BERTH_GATEWAY_PORT=");
            } finally {
                folder.delete();
            }
        }
    }

    private static List<String> names(JsonNode answer) {
        List<String> names = new ArrayList<>();
        answer.path("checks").forEach(check -> names.add(check.path("name").asText()));
        return names;
    }

    private static String said(JsonNode answer, String name) {
        for (JsonNode check : answer.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("says").asText();
            }
        }
        return "";
    }
}
