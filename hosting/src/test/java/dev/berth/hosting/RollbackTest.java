package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("HO-10")
class RollbackTest {
    @TempDir
    Path data;

    private ReleaseRoom room;

    @BeforeEach
    void open() {
        room = new ReleaseRoom(data);
        room.deploy("1");
        room.deploy("2");
        room.deploy("3");
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void goesBackStepByStepUntilThereIsNothingOlder() {
        room.rollback();
        assertThat(room.shares()).isEqualTo("demo-002 100");
        room.rollback();
        assertThat(room.shares()).isEqualTo("demo-001 100");

        Problem problem = Problems.of(room::rollback);
        assertThat(problem.code()).isEqualTo("ROLLBACK_IMPOSSIBLE");
        assertThat(problem.message()).contains("no older version");
        assertThat(room.shares()).isEqualTo("demo-001 100");
    }

    @Test
    void skipsVersionsThatNeverHadAllTraffic() {
        room.deployGray("4", 20);
        room.deploy("5");

        room.rollback();

        assertThat(room.shares()).isEqualTo("demo-003 100");
    }

    @Test
    void endsAGrayReleaseInFavourOfTheVersionBefore() {
        room.deployGray("4", 20);
        assertThat(room.shares()).isEqualTo("demo-003 80 demo-004 20");

        room.rollback();

        assertThat(room.shares()).isEqualTo("demo-003 100");
    }

    @Test
    void goesToTheOlderVersionThatIsNamed() {
        room.rollback("demo-001");
        assertThat(room.shares()).isEqualTo("demo-001 100");
    }

    @Test
    void refusesWhatIsNotOlder() {
        room.rollback("demo-001");

        assertThat(Problems.of(() -> room.rollback("demo-002")).message())
                .isEqualTo("version: demo-002 is not older than what has traffic now (expected: an older one)");
        assertThat(Problems.of(() -> room.rollback("demo-001")).message()).contains("has all the traffic already");
        assertThat(Problems.of(() -> room.rollback("demo-009")).code()).isEqualTo("VERSION_UNKNOWN");
        assertThat(room.shares()).isEqualTo("demo-001 100");
    }

    @Test
    void passesOverAVersionThatWasRemoved() {
        room.hosting.removeVersion(new dev.berth.core.VersionId("prod-01", "demo", 2));

        room.rollback();

        assertThat(room.shares()).isEqualTo("demo-001 100");
    }
}
