package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.core.FunctionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupSnapshotsTest {
    private static final List<String> OPTIONS = List.of("--max-old-space-size=64");
    private static final String HOW = "exports.main = () => process.execArgv.concat(process.env.NODE_OPTIONS ?? [])";

    @TempDir
    Path folder;

    @Test
    void nodeTakesItsOwnCompiledCode() throws Exception {
        Path program = Files.writeString(folder.resolve("program.cjs"), "require('http'); require('crypto')");

        String said = run(Map.of("NODE_DEBUG_NATIVE", "code_cache"), OPTIONS, snapshot(), program);

        assertThat(said).contains("is accepted").doesNotContain("is rejected");
    }

    @Test
    void aProgramSeesWhatItSeesWithout() throws Exception {
        Path program = Files.writeString(folder.resolve("program.cjs"), """
                const { spawnSync } = require('child_process')
                if (process.argv[2] !== 'child') {
                  console.log(spawnSync(process.execPath, [...process.execArgv, __filename, 'child'], { encoding: 'utf8' }).stdout)
                }
                import('./module.mjs').then(({ default: module }) => console.log(module, JSON.stringify([
                  process.argv, process.execArgv, process.env.A, require.main === module, process.mainModule.filename, module.children, module.paths,
                  require.resolve('./module.mjs'), __dirname, typeof fetch, new Error('here').stack.split('\\n')[1],
                ])))
                """);
        Files.writeString(folder.resolve("module.mjs"), "export default import.meta.url");
        Map<String, String> environment = Map.of("A", "b");

        String with = run(environment, OPTIONS, snapshot(), program);

        assertThat(with).contains("program.cjs").isEqualTo(run(environment, OPTIONS, Optional.empty(), program));
    }

    @Test
    void hostsStartFromItWhenOneHasLoadedItsCode() throws IOException {
        try (HostRoom room = new HostRoom(folder, HostRoom.RULES)) {
            room.deploy("f", HOW);
            assertThat(HostRoom.returned(room.invoke("f", "{}"))).isEqualTo("[\"--max-old-space-size=192\"]");
            Path snapshot = awaitSnapshot();
            room.deploy("g", HOW);

            assertThat(HostRoom.returned(room.invoke("g", "{}"))).isEqualTo("[\"--max-old-space-size=192\"]");

            assertThat(commands(room))
                    .satisfiesExactly(
                            first -> assertThat(first).doesNotContain("--snapshot-blob=" + snapshot),
                            second -> assertThat(second).contains("--snapshot-blob=" + snapshot));
        }
    }

    @Test
    void oneThatIsSpoiltIsOfNoHarm() throws IOException {
        try (HostRoom room = new HostRoom(folder, HostRoom.RULES)) {
            room.deploy("f", HOW);
            room.invoke("f", "{}");
            Files.writeString(awaitSnapshot(), "spoilt");
            room.deploy("g", HOW);
            room.deploy("h", HOW);

            assertThat(HostRoom.returned(room.invoke("g", "{}"))).isEqualTo("[\"--max-old-space-size=192\"]");
            assertThat(HostRoom.returned(room.invoke("h", "{}"))).isEqualTo("[\"--max-old-space-size=192\"]");

            assertThat(commands(room).getLast()).noneMatch(word -> word.startsWith("--snapshot-blob"));
            assertThat(room.events).isEmpty();
            assertThat(room.log("g")).anyMatch(line -> line.contains("without a start-up snapshot"));
        }
    }

    @Test
    void functionsWithOptionsOfTheirOwnStartWithout() throws IOException {
        try (HostRoom room = new HostRoom(folder, HostRoom.RULES)) {
            room.deploy("f", HOW);
            room.invoke("f", "{}");
            awaitSnapshot();
            room.deploy("g", 1, HOW, settings(Map.of("NODE_OPTIONS", "--stack-trace-limit=50")));

            assertThat(HostRoom.returned(room.invoke("g", "{}")))
                    .isEqualTo("[\"--max-old-space-size=192\",\"--stack-trace-limit=50\"]");
            assertThat(commands(room).getLast()).noneMatch(word -> word.startsWith("--snapshot-blob"));
            assertThat(room.log("g")).noneMatch(line -> line.contains("snapshot"));
        }
    }

    @Test
    void withoutAFolderForThemHostsStartAllTheSame() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        StartupSnapshots snapshots = new StartupSnapshots(file, script());
        snapshots.prepare(OPTIONS);
        snapshots.close();
        assertThat(snapshots.of(OPTIONS)).isEmpty();
    }

    @Test
    void onesThatAreBeingMadeEndWithTheServer() throws Exception {
        Path made = folder.resolve("snapshots");
        StartupSnapshots snapshots = new StartupSnapshots(made, script());
        snapshots.prepare(OPTIONS);

        snapshots.close();

        assertThat(ProcessHandle.current().children().filter(this::isOfThisTest))
                .isEmpty();
    }

    private static FunctionSettings settings(Map<String, String> variables) {
        FunctionSettings usual = FunctionSettings.DEFAULTS;
        return new FunctionSettings(
                usual.handler(),
                usual.timeLimit(),
                usual.memory(),
                usual.invocationsPerHost(),
                variables,
                usual.permissions(),
                usual.triggers());
    }

    private boolean isOfThisTest(ProcessHandle process) {
        return process.isAlive() && process.info().commandLine().orElse("").contains(folder.toString());
    }

    private HostScript script() throws IOException {
        return HostScript.install(folder.resolve("script"));
    }

    private Optional<Path> snapshot() throws IOException {
        StartupSnapshots snapshots = new StartupSnapshots(folder.resolve("snapshots"), script());
        snapshots.prepare(OPTIONS);
        await().until(() -> snapshots.of(OPTIONS).isPresent());
        return snapshots.of(OPTIONS);
    }

    /** The one for the usual memory of a function. */
    private Path awaitSnapshot() {
        Path file = folder.resolve("scripts/snapshots/snapshot-1");
        await().until(() -> Files.exists(file));
        return file;
    }

    private static List<List<String>> commands(HostRoom room) {
        return room.runtime.started.stream()
                .map(instance -> instance.request.command())
                .toList();
    }

    private String run(Map<String, String> environment, List<String> options, Optional<Path> snapshot, Path program)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add("node");
        command.addAll(options);
        snapshot.ifPresent(file -> command.add("--snapshot-blob=" + file));
        command.add(program.toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove("NODE_OPTIONS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
