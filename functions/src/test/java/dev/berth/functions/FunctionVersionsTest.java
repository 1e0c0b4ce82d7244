package dev.berth.functions;

import static dev.berth.functions.FunctionRoom.CODE;
import static dev.berth.functions.FunctionRoom.SUM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.FunctionId;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FunctionVersionsTest {
    @TempDir
    Path temp;

    private FunctionRoom room;

    @BeforeEach
    void open() throws IOException {
        room = new FunctionRoom(temp);
    }

    private void deploy(int from, int to) {
        for (int i = from; i <= to; i++) {
            room.deploy("index.js", "exports.main = () => " + i);
        }
    }

    private String rollback(String... name) {
        return room.versions
                .rollback(SUM, List.of(name).stream().findFirst())
                .id()
                .name();
    }

    private String live() {
        return room.registry.current().function(SUM).orElseThrow().live().id().name();
    }

    private List<Integer> numbers() {
        return room.versions.list(SUM).stream()
                .map(FunctionVersion::id)
                .map(FunctionVersionId::number)
                .toList();
    }

    @Test
    void rollbackGoesToTheVersionThatWasLiveBefore() {
        deploy(1, 3);
        assertThat(rollback()).isEqualTo("sum-002");
        assertThat(live()).isEqualTo("sum-002");
        assertThat(rollback()).as("further back").isEqualTo("sum-001");
        assertThat(Problems.of(this::rollback).code()).isEqualTo("ROLLBACK_IMPOSSIBLE");
        assertThat(live()).isEqualTo("sum-001");
    }

    @Test
    void rollbackGoesToANamedVersionAndBack() {
        deploy(1, 3);
        assertThat(rollback("sum-001")).isEqualTo("sum-001");
        assertThat(rollback("sum-003")).isEqualTo("sum-003");
        assertThat(Problems.of(() -> rollback("sum-003"))).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("ROLLBACK_IMPOSSIBLE");
            assertThat(problem.message()).contains("sum-003 is live already");
        });
        assertThat(Problems.of(() -> rollback("sum-009"))).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("VERSION_UNKNOWN");
            assertThat(problem.message()).contains("expected: one of [sum-003, sum-002, sum-001]");
        });
        assertThat(Problems.of(() -> room.versions.rollback(new FunctionId("prod-01", "none"), Optional.empty()))
                        .code())
                .isEqualTo("FUNCTION_UNKNOWN");
    }

    @Test
    void onlyADeploymentOfWhatIsLiveChangesNothing() {
        deploy(1, 2);
        rollback();
        deploy(1, 1);
        assertThat(numbers()).containsExactly(2, 1);
        deploy(2, 2);
        assertThat(numbers()).as("sum-002 is not live").containsExactly(3, 2, 1);
    }

    @Test
    void removedVersionsAreRetiredBeforeTheirFilesGo() throws Exception {
        deploy(1, 2);
        FunctionVersionId first = new FunctionVersionId(SUM, 1);
        room.versions.remove(first);
        assertThat(room.retired).containsExactly(first);
        assertThat(room.left()).containsExactly("prod-01/sum/sum-002/index.js");
        assertThat(numbers()).containsExactly(2);
        assertThat(Problems.of(() -> room.versions.remove(first)).code()).isEqualTo("VERSION_UNKNOWN");
        assertThat(Problems.of(() -> room.versions.remove(new FunctionVersionId(SUM, 2)))
                        .code())
                .isEqualTo("VERSION_IN_USE");
        assertThat(room.left()).hasSize(1);
    }

    @Test
    void filesAreThereUntilNobodyRunsInThem() throws Exception {
        deploy(1, 1);
        Path files = room.versions.filesOf(new FunctionVersionId(SUM, 1));
        var versions = new FunctionVersions(
                room.data,
                room.registry,
                room.registry,
                _ -> assertThat(files.resolve("index.js")).exists());
        versions.remove(SUM);
        assertThat(files).doesNotExist();
    }

    @Test
    void aRemovedFunctionLeavesNothing() throws Exception {
        deploy(1, 2);
        room.deploy(new FunctionId("prod-01", "other"), Tars.of("index.js", CODE));
        room.versions.remove(SUM);
        assertThat(room.retired)
                .containsExactlyInAnyOrder(new FunctionVersionId(SUM, 1), new FunctionVersionId(SUM, 2));
        assertThat(room.left()).containsExactly("prod-01/other/other-001/index.js");
        assertThat(room.versions.list(SUM)).isEmpty();
        assertThat(Problems.of(() -> room.versions.remove(SUM)).code()).isEqualTo("FUNCTION_UNKNOWN");
        assertThat(room.deploy("index.js", CODE).version().id().name()).isEqualTo("sum-003");
    }

    @Test
    void tenVersionsAreKeptBesidesTheLiveOne() throws Exception {
        deploy(1, 12);
        assertThat(numbers()).containsExactly(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
        assertThat(room.left()).hasSize(11);
        assertThat(room.retired).containsExactly(new FunctionVersionId(SUM, 1));
    }

    @Test
    void theTwoThatWereLiveLastAreKeptHoweverOldTheyAre() {
        deploy(1, 2);
        rollback("sum-001");
        deploy(3, 3);
        deploy(4, 13);
        assertThat(numbers()).doesNotContain(1).hasSize(11);
        rollback("sum-003");
        deploy(14, 14);
        assertThat(numbers()).as("the way back from 14 leads to 3").contains(3).hasSize(12);
    }
}
