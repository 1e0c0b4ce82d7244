package dev.berth.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestrictionsTest {
    private static final String MOUNTS = """
            22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
            23 22 0:21 / /data rw,nosuid,noexec shared:2 - ext4 /dev/sdb rw
            24 23 0:22 / /data/free rw,relatime - ext4 /dev/sdc rw,noexec
            25 22 0:23 / /with\\040space rw,noexec - tmpfs tmpfs rw
            26 22 0:24 / /twice rw,noexec - tmpfs tmpfs rw
            27 26 0:25 / /twice rw - tmpfs tmpfs rw
            """;

    @ParameterizedTest
    @CsvSource({
        "/app/v1, false",
        "/database, false",
        "/data, true",
        "/data/v1, true",
        "/data/free/v1, false",
        "/with space/v1, true",
        "/twice/v1, false"
    })
    void theDeepestAndLastMountCounts(Path files, boolean forbidden) {
        assertThat(Restrictions.forbidsPrograms(files, MOUNTS)).isEqualTo(forbidden);
    }
}
