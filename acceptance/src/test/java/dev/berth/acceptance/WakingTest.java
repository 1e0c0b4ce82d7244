package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many at once at the door of what is at zero. */
class WakingTest {
    private static final int CALLS = 1_000;
    /** Without busybox each is a Node process. */
    private static final int SERVICES = TinyService.LIGHT ? 200 : 20;

    @RegisterExtension
    static final Platform platform = new Platform("echo");

    private static Management management;
    private static Caller alice;

    @BeforeAll
    static void signIn() {
        management = Management.of(platform.folder(), platform.door("management"));
        alice = platform.as("alice");
    }

    @Test
    @Tag("HO-31")
    void aThousandFirstCallsStartOneInstance() {
        platform.deploy(Folder.service("echo"), "--name", "crowd");
        List<Answer> answers = all(IntStream.range(0, CALLS)
                .mapToObj(i -> alice.getLater("crowd", "/" + i))
                .toList());
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(answer -> answer.json().path("url").asText()))
                .containsExactlyElementsOf(
                        IntStream.range(0, CALLS).mapToObj(i -> "/" + i).toList());
        assertThat(answers.stream().map(Answer::pid).distinct()).hasSize(1);
        assertThat(starts("crowd")).isEqualTo(1);
    }

    @Test
    @Tag("HO-31")
    @Timeout(300)
    void manyServicesWakeAtOnceEachByOneStart() {
        List<String> names =
                IntStream.range(0, SERVICES).mapToObj(i -> "tiny-" + i).toList();
        try (ExecutorService deployers = Executors.newFixedThreadPool(4)) {
            names.forEach(name -> deployers.execute(
                    () -> management.deploy(name, TinyService.tar("I am " + name), TinyService.COMMAND)));
        }
        List<Answer> answers = all(names.stream()
                .flatMap(name -> IntStream.range(0, 3).mapToObj(i -> alice.getLater(name, "/content")))
                .toList());
        assertThat(answers.stream().map(Answer::body))
                .containsExactlyElementsOf(names.stream()
                        .flatMap(name -> IntStream.range(0, 3).mapToObj(i -> "I am " + name))
                        .toList());
        for (JsonNode service : management.services()) {
            String name = service.path("name").asText();
            if (names.contains(name)) {
                assertThat(service.path("instances").asInt()).as(name).isEqualTo(1);
                assertThat(starts(name)).as(name).isEqualTo(1);
            }
        }
    }

    /** As the log of the service tells. */
    private static long starts(String service) {
        return management
                .get(Management.SERVICES + "/" + service + "/logs?lines=1000")
                .body()
                .lines()
                .filter(line -> line.contains("[berth] started in"))
                .count();
    }

    private static List<Answer> all(List<CompletableFuture<Answer>> calls) {
        return calls.stream().map(CompletableFuture::join).toList();
    }
}
