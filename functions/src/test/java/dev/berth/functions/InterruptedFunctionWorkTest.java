package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CODE;
import static dev.berth.functions.FunctionRoom.NEEDS_SDK;
import static dev.berth.functions.FunctionRoom.SUM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.FunctionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a killed server left, as the next one finds it. */
@Timeout(60)
class InterruptedFunctionWorkTest {
    @TempDir
    Path temp;

    private FunctionRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new FunctionRoom(temp);
    }

    private FunctionRoom restarted() throws IOException {
        return new FunctionRoom(temp, room.registry, Map.of("HOME", temp.toString()));
    }

    private void file(String name) throws IOException {
        Path file = room.data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    @Test
    void whatTheRegistryKnowsStays() throws Exception {
        room.deploy("index.js", "1", "package.json", NEEDS_SDK);
        room.deploy("index.js", "2", "package.json", NEEDS_SDK);
        List<String> before = room.left();
        FunctionRoom next = restarted();
        assertThat(next.left()).isEqualTo(before).hasSize(6);
        assertThat(next.sets()).hasSize(1);
        assertThat(next.deploy("index.js", "2", "package.json", NEEDS_SDK).changed())
                .isFalse();
        assertThat(next.npmRuns()).hasSize(1);
    }

    @Test
    void onlyFunctionsWithMoreThanTheLiveVersionAreAskedFor() throws Exception {
        FunctionId other = new FunctionId("prod-01", "other");
        room.deploy("index.js", CODE);
        room.deploy(other, Tars.of("index.js", "1"));
        room.deploy(other, Tars.of("index.js", "2"));
        room.registry.asked.clear();
        restarted();
        assertThat(room.registry.asked).containsExactly(other);
    }

    @Test
    void whatWasBegunIsGone() throws Exception {
        room.deploy("index.js", CODE, "package.json", NEEDS_SDK);
        file("function-versions/prod-01/sum/sum-002/index.js");
        file("function-versions/.incoming-123/index.js");
        file("function-versions/prod-01/removed/removed-001/index.js");
        file("function-modules/.incoming-456/node_modules/half/index.js");
        file("function-modules/.gone-789/abc/node_modules/half/index.js");
        file("function-modules/0123456789abcdef/node_modules/unused/index.js");
        FunctionRoom next = restarted();
        assertThat(next.left())
                .containsExactly(
                        "prod-01/sum/sum-001/index.js",
                        "prod-01/sum/sum-001/node_modules",
                        "prod-01/sum/sum-001/package.json");
        assertThat(next.data.resolve("function-versions/prod-01").toFile().list())
                .containsExactly("sum");
        assertThat(next.sets()).hasSize(1).noneMatch(set -> set.startsWith("."));
        assertThat(next.registry.current().function(SUM)).isPresent();
    }
}
