package dev.berth.runtime.process;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.core.InstanceRuntime.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** What holds for every instance holds for one that has names, files and a root of its own. */
class OwnRootTest {
    private static void requirePossible(RuntimeFixture fixture) {
        assumeThat(fixture.runtime.privateFiles().possible())
                .as(fixture.runtime.privateFiles().reason())
                .isTrue();
    }

    private static Surroundings own(RuntimeFixture fixture) {
        return new Surroundings(
                Map.of("api.weixin.qq.com", "127.0.0.9"), Map.of(Path.of("/.berth-test/wx"), fixture.files));
    }

    @Nested
    class Environment extends EnvironmentTest {
        @BeforeEach
        void possible() {
            requirePossible(this);
        }

        @Override
        Surroundings surroundings() {
            return own(this);
        }
    }

    @Nested
    class Daemons extends DaemonTest {
        @BeforeEach
        void possible() {
            requirePossible(this);
        }

        @Override
        Surroundings surroundings() {
            return own(this);
        }
    }

    @Nested
    class Stops extends StopTest {
        @BeforeEach
        void possible() {
            requirePossible(this);
        }

        @Override
        Surroundings surroundings() {
            return own(this);
        }
    }

    @Nested
    class FailedStarts extends FailedStartTest {
        @BeforeEach
        void possible() {
            requirePossible(this);
        }

        @Override
        Surroundings surroundings() {
            return own(this);
        }
    }

    @Nested
    class HostilePrograms extends HostileProgramTest {
        @BeforeEach
        void possible() {
            requirePossible(this);
        }

        @Override
        Surroundings surroundings() {
            return own(this);
        }
    }
}
