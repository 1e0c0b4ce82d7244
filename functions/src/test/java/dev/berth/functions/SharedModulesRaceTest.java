package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.NEEDS_SDK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.FunctionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sets come and go while functions that lead to them are deployed and removed: none is ever missed. */
@Timeout(120)
class SharedModulesRaceTest {
    private static final int FUNCTIONS = 6;
    private static final int ROUNDS = 25;

    @TempDir
    Path temp;

    @Test
    void noVersionLosesItsModulesAndNoSetIsLeft() throws Exception {
        FunctionRoom room = new FunctionRoom(temp);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < FUNCTIONS; i++) {
                FunctionId function = new FunctionId("prod-01", "f" + i);
                running.add(threads.submit(() -> deployAndRemove(room, function)));
            }
        }
        for (Future<?> one : running) {
            one.get();
        }
        assertThat(room.sets()).isEmpty();
        assertThat(room.left()).isEmpty();
    }

    private static int deployAndRemove(FunctionRoom room, FunctionId function) {
        Random random = new Random(function.name().hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            String packages = NEEDS_SDK.replace("2.6.3", "2.6." + random.nextInt(2));
            DeployedFunction deployed =
                    room.deploy(function, Tars.of("index.js", "round " + round, "package.json", packages));
            assertThat(room.filesOf(deployed).resolve("node_modules/wx-server-sdk/index.js"))
                    .as("%s in round %d", function, round)
                    .exists();
            room.versions.remove(function);
        }
        return ROUNDS;
    }
}
