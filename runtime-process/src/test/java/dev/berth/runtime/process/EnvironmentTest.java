package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.InstanceRuntime.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EnvironmentTest extends RuntimeFixture {

    @Test
    @Tag("HO-41")
    @Tag("HO-44")
    void isExactlyWhatIsPromised() {
        Instance instance = runtime.start(with(Map.of("CBR_ENV_ID", "prod-01"), request("node", "server.js")));

        String root = instances + "/running/instance-1";
        int port = instance.endpoint().port();
        assertThat(environmentOf(instance))
                .containsOnlyKeys(
                        "PATH", "HOME", "LANG", "TMPDIR", "PORT", "SERVER_PORT", "CBR_ENV_ID", "BERTH_INSTANCE")
                .containsEntry("CBR_ENV_ID", "prod-01")
                .containsEntry("BERTH_INSTANCE", root)
                .containsEntry("HOME", root + "/home")
                .containsEntry("TMPDIR", root + "/tmp")
                .containsEntry("PORT", String.valueOf(port))
                .containsEntry("SERVER_PORT", String.valueOf(port))
                .hasEntrySatisfying("PATH", path -> assertThat(path).startsWith(root + "/files/node_modules/.bin:"));
    }

    @Test
    @Tag("HO-45")
    void variablesOfTheRequestWin() {
        var variables = Map.of(
                "LANG", "zh_CN.UTF-8", "SERVER_PORT", "1", "HOME", "/nowhere", "_", "kept", "BERTH_INSTANCE", "mine");
        Instance instance = runtime.start(with(variables, request("node", "server.js")));

        assertThat(environmentOf(instance))
                .containsAllEntriesOf(Map.of("LANG", "zh_CN.UTF-8", "SERVER_PORT", "1", "HOME", "/nowhere"))
                // By which its processes are found.
                .containsEntry("BERTH_INSTANCE", instances + "/running/instance-1");
    }

    @Test
    void keepsNamesAndValuesThatAShellWouldNot() {
        var variables = Map.of(
                "spring.profiles.active",
                "dev test",
                "QUOTES",
                "a'b\"c$d\ne\\",
                "_berth",
                "",
                "grace",
                "3",
                "名字",
                "云泊");
        Instance instance = runtime.start(with(variables, request("node", "server.js")));

        assertThat(environmentOf(instance))
                .containsAllEntriesOf(variables)
                .doesNotContainKeys("_berth_odd", "_berth_odd_1");
    }

    @Test
    void noValueIsOnACommandLine() throws IOException {
        var variables =
                Map.of("spring.datasource.password", "s3cret-of-a-dotted-name", "PASSWORD", "s3cret-of-a-plain-name");
        Instance instance = runtime.start(with(variables, request("node", "server.js")));

        assertThat(environmentOf(instance)).containsAllEntriesOf(variables);
        assertThat(commandLine(instance.pid())).contains("server.js");
        assertThat(commandLine(ProcessHandle.of(instance.pid())
                        .flatMap(ProcessHandle::parent)
                        .orElseThrow()
                        .pid()))
                .contains(Supervisor.SCRIPT)
                .doesNotContain("s3cret");
    }

    /** Readable for every user of the machine, other than the environment. */
    private static String commandLine(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    }

    @Test
    void homeAndTemporaryFolderExist() {
        runtime.start(request("sh", "-c", "touch $HOME/a $TMPDIR/b && echo both; exec node server.js"));

        assertThat(log).contains("both");
    }

    private static Map<String, String> environmentOf(Instance instance) {
        return ProcessTable.environment(instance.pid()).stream()
                .filter(variable -> !variable.isEmpty())
                .map(EnvironmentTest::utf8)
                .collect(Collectors.toMap(v -> v.substring(0, v.indexOf('=')), v -> v.substring(v.indexOf('=') + 1)));
    }

    private static String utf8(String latin) {
        return new String(
                latin.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), java.nio.charset.StandardCharsets.UTF_8);
    }
}
