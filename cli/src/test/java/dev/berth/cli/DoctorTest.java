package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorTest {
    @TempDir
    Path folder;

    private final MachineDouble machine = new MachineDouble();
    private Map<String, String> environment = Map.of();
    private int exitCode;

    @Test
    void aGoodMachineIsTheOneWithoutAnythingToDo() {
        assertThat(doctor())
                .contains("✓ Java            25.0.1", "✓ Node.js         v22.11.0", "✓ Port 7080       free")
                .contains("✓ Server          none runs here; start one with: ./berth up")
                .endsWith("Everything that Berth needs is here.\n")
                .doesNotContain("✗", "!", "→");
        assertThat(exitCode).isZero();
    }

    @Test
    void anOldJavaIsAProblem() {
        machine.property("java.version", "21.0.5");
        assertProblem("✗ Java            21.0.5, Eclipse Adoptium, in /opt/jdk", "Install a JDK 25 or newer");
    }

    @Test
    void nodeMustBeThereAndNewEnough() {
        machine.without("node");
        assertProblem("✗ Node.js         there is no node in PATH", "https://nodejs.org");
        machine.program("node", "v18.20.1");
        assertProblem("✗ Node.js         v18.20.1 is too old", "Install Node.js 20 or newer");
        machine.program("node", "v20.0.0").without("npm");
        assertProblem("✗ npm             there is no npm in PATH", "npm comes with it");
    }

    @Test
    void aTakenPortIsAProblemOfTheNextStart() {
        machine.taken(7080, "nginx, pid 812");
        assertProblem("✗ Port 7080       taken by nginx, pid 812", "BERTH_GATEWAY_PORT=7180");
        machine.taken(7080, "");
        assertProblem("✗ Port 7080       taken by a program of another user", "BERTH_GATEWAY_PORT=7180");
        environment = Map.of("BERTH_GATEWAY_PORT", "8080");
        assertThat(doctor()).contains("✓ Port 8080       free").doesNotContain("7080");
        environment = Map.of("BERTH_GATEWAY_PORT", "0");
        assertThat(doctor()).contains("✓ Gateway port    any that is free").doesNotContain("7080");
    }

    @Test
    void everyDoorHasItsPort() {
        machine.taken(7082, "x, pid 1");
        assertProblem("✗ Port 7082       taken by x, pid 1", "BERTH_INWARD_PORT=7182");
    }

    @Test
    void whetherInstancesCanHaveTheNameOfWeChatForThemselvesIsTold() {
        machine.property("user.name", "berth").forbidden("unshare --user --map-root-user --mount true");
        assertThat(doctor()).contains("! Own hosts file  unshare is not allowed to give one", "--cap-add SYS_ADMIN");
        machine.file("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1");
        assertWarning(
                "! Own hosts file  unshare is not allowed to give one, so cloud call works only for HTTP clients",
                "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
        machine.property("user.name", "root");
        assertThat(doctor()).contains("✓ Own hosts file  instances can have one (unshare)");
        machine.without("unshare");
        assertWarning("! Own hosts file  there is no unshare in PATH", "util-linux");
    }

    @Test
    void whetherInstancesCanHaveThePortOfWeChatIsTold() {
        machine.broken("127.77.0.1:80", "Permission denied");
        assertWarning(
                "! Port 80         127.77.0.1:80 cannot be had (Permission denied)",
                "sudo sysctl -w net.ipv4.ip_unprivileged_port_start=80");
        machine.broken("127.77.0.1:80", "Address already in use");
        assertWarning("! Port 80         127.77.0.1:80 cannot be had", "listens on port 80 of all addresses");
    }

    @Test
    void loopbackMustWorkButIpv6NeedNot() {
        machine.broken("::1", "Cannot assign requested address");
        assertThat(doctor()).contains("✓ IPv6            not there; Berth does not need it");
        assertThat(exitCode).isZero();
        machine.broken("127.0.0.1", "Network is unreachable");
        assertProblem("✗ Loopback        127.0.0.1 does not work: Network is unreachable", "ip link set lo up");
    }

    @Test
    void otherSystemsAndWsl1AreTold() {
        machine.file("/proc/sys/kernel/osrelease", "5.15.167.4-microsoft-standard-WSL2");
        assertThat(doctor()).contains("(WSL 2)");
        machine.file("/proc/sys/kernel/osrelease", "4.4.0-19041-Microsoft");
        assertProblem("✗ System          Linux 4.4.0-19041-Microsoft, amd64 (WSL 1)", "wsl --set-version NAME 2");
        machine.property("os.name", "Mac OS X");
        assertProblem("✗ System          Mac OS X", "Linux and WSL 2");
    }

    @Test
    void lowLimitsAreTold() {
        machine.file("/proc/self/limits", MachineDouble.limits("1024", "unlimited"));
        assertWarning("! Open files      at most 1024 (expected: 4096 or more)", "ulimit -n 65536");
        machine.file("/proc/self/limits", MachineDouble.limits("unlimited", "100"));
        assertWarning("! Processes       at most 100 (expected: 1024 or more)", "ulimit -u");
    }

    @Test
    void aLocaleWithoutChineseIsTold() {
        machine.property("sun.jnu.encoding", "ANSI_X3.4-1968");
        assertWarning("! Language        ANSI_X3.4-1968 (expected: UTF-8)", "export LC_ALL=C.UTF-8");
    }

    @Test
    void aWrongClockIsTold() {
        machine.at("2026-10-31T22:00:00Z");
        assertWarning("! Clock           2026-10-31T22:00:00Z, but this Berth was built at", "timedatectl");
        machine.at("2055-01-01T00:00:00Z");
        assertWarning("! Clock           2055-01-01T00:00:00Z, but this Berth was built at", "timedatectl");
        machine.at("2026-10-31T23:30:00Z");
        assertThat(doctor()).contains("✓ Clock");
    }

    @Test
    void proxiesAreToldWithoutTheirPasswords() {
        environment = Map.of("https_proxy", "http://me:secret@proxy:3128");
        assertWarning("! Proxy           https_proxy=http://…@proxy:3128, also for this machine", "export NO_PROXY");
        assertThat(doctor()).doesNotContain("secret");
        environment = Map.of("HTTP_PROXY", "http://proxy:3128", "NO_PROXY", "localhost,127.0.0.1");
        assertThat(doctor()).contains("✓ Proxy           HTTP_PROXY=http://proxy:3128, not for this machine");
    }

    @Test
    void disksThatAreNotOfThisMachineAreTold() {
        machine.disk("9p", 50L << 30);
        assertWarning("! File system     9p", "not /mnt/c");
        machine.disk("tmpfs", 50L << 30);
        assertWarning("! File system     tmpfs: lost with the next restart", "BERTH_DATA");
        machine.disk("ext4", 500L << 20);
        assertWarning("! Space           500 MB free (expected: 1024 or more)", "Free some space");
        machine.disk("ext4", 10L << 20);
        assertProblem("✗ Space           10 MB free (expected: 1024 or more)", "Free some space");
    }

    @Test
    void secretsThatOthersCanReadAreTold() throws Exception {
        Path data = Files.createDirectories(folder.resolve(".berth"));
        for (String name : new String[] {"token", "master.key"}) {
            Path file = Files.writeString(data.resolve(name), "x");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(doctor()).contains("✓ token           only its owner can read it", "✓ master.key");
        Files.setPosixFilePermissions(data.resolve("master.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertWarning("! master.key", "chmod 600 " + data.resolve("master.key"));
    }

    @Test
    void aDataFolderMustBeAFolder() throws Exception {
        Files.writeString(folder.resolve("data"), "a file");
        environment = Map.of("BERTH_DATA", "data");
        assertProblem("✗ Data            " + folder.resolve("data") + " is not a folder", "export BERTH_DATA=/path");
        environment = Map.of("BERTH_DATA", "/proc/berth");
        assertThat(doctor()).contains("Data ");
        assertThat(exitCode)
                .as("nobody can make a folder in /proc, root may try")
                .isBetween(0, 1);
    }

    @Test
    void theFolderOfSomebodyElseIsTold() throws Exception {
        Files.createDirectories(folder.resolve(".berth"));
        machine.property("user.name", "mallory");
        assertWarning("and you are mallory", "Run Berth as one user");
    }

    @Test
    void whatIsNotNeededTodayIsNoReasonToWorry() {
        machine.without("docker").without("bwrap");
        assertThat(doctor())
                .contains("✓ Docker          not needed today; not there", "✓ bubblewrap      not needed today")
                .endsWith("Everything that Berth needs is here.\n");
    }

    @Test
    void programsGetTheSameAsJson() {
        machine.without("node");
        JsonNode answer = Json.readOrMissing(doctor("--json"));
        assertThat(exitCode).isEqualTo(1);
        assertThat(answer.path("usable").asBoolean(true)).isFalse();
        assertThat(answer.path("checks")).anySatisfy(check -> {
            assertThat(check.path("name").asText()).isEqualTo("Node.js");
            assertThat(check.path("state").asText()).isEqualTo("problem");
            assertThat(check.path("todo").asText()).isNotBlank();
        });
    }

    private void assertProblem(String says, String todo) {
        assertFinding(says, todo);
        assertThat(exitCode).isEqualTo(1);
    }

    private void assertWarning(String says, String todo) {
        assertFinding(says, todo);
        assertThat(exitCode).isZero();
    }

    private void assertFinding(String says, String todo) {
        assertThat(doctor().lines().toList())
                .satisfiesOnlyOnce(line -> assertThat(line).contains(says));
        assertThat(doctor().lines().filter(line -> line.startsWith("  → ")).toList())
                .satisfiesOnlyOnce(line -> assertThat(line).contains(todo));
    }

    private String doctor(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Shell shell = new Shell(
                folder,
                environment,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);
        exitCode = new CommandLine(new DoctorCommand(shell, machine)).execute(arguments);
        return out.toString(StandardCharsets.UTF_8);
    }
}
