package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.berth.core.Endpoint;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server's end, with real hosts. */
class HostLinkTest extends HostFixture {
    private static final String WAITING_FOR_OTHERS = """
            let others = []
            exports.main = ({ all }) => new Promise((done) => {
              others.push(done)
              if (others.length === all) others.forEach((each) => each())
            }).then(() => process.env.WX_OPENID)
            """;

    @Test
    @Tag("AD-81")
    void aResultIsHandedOnAsItIs() throws Exception {
        HostLink link = linkTo("exports.main = async (event) => ({ got: event.text, file: Buffer.from('hi') })");

        assertThat(soon(link.loading()))
                .isInstanceOfSatisfying(
                        HostLoading.Loaded.class,
                        loaded -> assertThat(loaded.took()).isPositive());
        assertThat(soon(link.invoke(invocation("one", Map.of("text", "云\n")))))
                .isInstanceOfSatisfying(
                        HostOutcome.Done.class,
                        done -> assertThat(done.result().text())
                                .isEqualTo("{\"got\":\"云\\n\",\"file\":{\"type\":\"Buffer\",\"data\":[104,105]}}"));
    }

    @Test
    @Tag("AD-34")
    void fiveInvocationsAtOnceKnowTheirOwnVariables() throws Exception {
        HostLink link = linkTo(WAITING_FOR_OTHERS);

        var outcomes = IntStream.range(0, 5)
                .mapToObj(i -> link.invoke(invocation("i" + i, Map.of("all", 5), Map.of("WX_OPENID", "openid" + i))))
                .toList();

        for (int i = 0; i < 5; i++) {
            assertThat(((HostOutcome.Done) soon(outcomes.get(i))).result().text())
                    .isEqualTo("\"openid" + i + "\"");
        }
    }

    @Test
    @Tag("AD-83")
    void whatTheFunctionThrewIsTold() throws Exception {
        HostLink link = linkTo("exports.main = async () => { throw new RangeError('too far') }");

        assertThat(soon(link.invoke(invocation("one", 1)))).isInstanceOfSatisfying(HostOutcome.Failed.class, failed -> {
            assertThat(failed.error().name()).isEqualTo("RangeError");
            assertThat(failed.error().message()).isEqualTo("too far");
            assertThat(failed.error().stack()).startsWith("RangeError: too far\n    at ");
        });
    }

    @Test
    @Tag("HO-57")
    void anEventOfSixMegabytesArrivesAndSoLargeAResultDoesNot() throws Exception {
        HostLink link = linkTo("exports.main = async (event) => event.back ? event.text : event.text.length");
        String text = "x".repeat(6_000_000);

        assertThat(soon(link.invoke(invocation("one", Map.of("text", text)))))
                .isInstanceOfSatisfying(
                        HostOutcome.Done.class,
                        done -> assertThat(done.result().text()).isEqualTo("6000000"));
        assertThat(soon(link.invoke(invocation("two", Map.of("text", text, "back", true)))))
                .isEqualTo(new HostOutcome.TooLarge(6_000_002));
        assertThat(soon(link.invoke(invocation("three", Map.of("text", text.substring(0, 1_000_000), "back", true)))))
                .isInstanceOf(HostOutcome.Done.class);
    }

    @Test
    @Tag("AD-73")
    void linesOfTheLogComeBeforeTheOutcomeWithInvocationLevelAndFields() throws Exception {
        HostLink link = linkTo("""
                console.log('loading')
                exports.main = async () => { console.warn('careful\\nnow'); console.__baseLog__({ user: 'alice' }, 'error') }
                """);

        soon(link.invoke(invocation("one", 1)));

        assertThat(logs).hasSize(3);
        assertThat(logs.poll())
                .isEqualTo(new HostLog(Optional.empty(), HostLog.Level.INFO, "loading", Optional.empty()));
        assertThat(logs.poll())
                .isEqualTo(new HostLog(Optional.of("one"), HostLog.Level.WARN, "careful\nnow", Optional.empty()));
        assertThat(logs.poll()).satisfies(log -> {
            assertThat(log.level()).isEqualTo(HostLog.Level.ERROR);
            assertThat(log.fields())
                    .map(fields -> fields.get("user").textValue())
                    .hasValue("alice");
        });
    }

    @Test
    void aFloodOfLogsArrivesAndEnds() throws Exception {
        HostLink link =
                linkTo("exports.main = async () => { for (let i = 0; i < 50_000; i++) console.log('line', i) }");

        assertThat(soon(link.invoke(invocation("one", 1)))).isInstanceOf(HostOutcome.Done.class);

        assertThat(logsOf("one")).first().isEqualTo("line 0");
        assertThat(logsOf("one")).hasSize(50_000);
    }

    @Test
    @Tag("HO-58")
    void codeThatDoesNotLoadIsToldAtOnceAndToEachInvocation() throws Exception {
        HostLink link = linkTo("exports.handler = () => 1");

        assertThat(soon(link.loading()))
                .isInstanceOfSatisfying(
                        HostLoading.Failed.class,
                        failed -> assertThat(failed.error().message())
                                .startsWith("index.js exports no function main (it exports handler)"));
        assertThat(soon(link.invoke(invocation("one", 1)))).isInstanceOf(HostOutcome.Failed.class);
    }

    @Test
    void anErrorThatNobodyCatchesFailsItsInvocationAndRetiresTheHost() throws Exception {
        HostLink link =
                linkTo("exports.main = () => new Promise(() => setTimeout(() => { throw new Error('lost') }, 1))");

        assertThat(soon(link.invoke(invocation("one", 1))))
                .isInstanceOfSatisfying(
                        HostOutcome.Failed.class,
                        failed -> assertThat(failed.error().message()).isEqualTo("lost"));
        assertThat(soon(retired)).isEqualTo("an error was caught by nobody");
        assertThat(soon(link.whenGone().toCompletableFuture())).isEqualTo("an error was caught by nobody");
    }

    @Test
    void aHostThatExitsTellsItsCodeToWhoeverWaits() throws Exception {
        HostLink link = linkTo("exports.main = ({ exit }) => exit ? process.exit(7) : new Promise(() => {})");
        CompletableFuture<HostOutcome> waiting = link.invoke(invocation("waits", Map.of()));
        CompletableFuture<HostOutcome> exiting = link.invoke(invocation("exits", Map.of("exit", true)));

        var gone = new HostOutcome.Gone("the function's process ended with exit code 7");
        assertThat(soon(waiting)).isEqualTo(gone);
        assertThat(soon(exiting)).isEqualTo(gone);
        assertThat(soon(link.invoke(invocation("late", 1)))).isEqualTo(gone);
    }

    @Test
    void aHostThatIsKilledIsGone() throws Exception {
        HostLink link = linkTo("exports.main = () => process.kill(process.pid, 'SIGKILL')");

        assertThat(soon(link.invoke(invocation("one", 1)))).isInstanceOf(HostOutcome.Gone.class);
        assertThat(soon(link.loading())).isInstanceOf(HostLoading.Loaded.class);
    }

    @Test
    void aHostInAnEndlessLoopKeepsNobody() throws Exception {
        HostLink link = linkTo("exports.main = async () => { console.log('before'); for (;;); }");
        CompletableFuture<HostOutcome> endless = link.invoke(invocation("endless", 1));
        CompletableFuture<HostOutcome> unread = link.invoke(invocation("unread", "x".repeat(6_000_000)));
        assertThat(endless.isDone()).isFalse();

        link.close();

        var gone = new HostOutcome.Gone("the server closed the connection with the host");
        assertThat(soon(endless)).isEqualTo(gone);
        assertThat(soon(unread)).isEqualTo(gone);
    }

    @Test
    void codeThatNeverEndsLoadingIsGoneWithItsLink() throws Exception {
        HostLink link = linkTo("console.log('before'); for (;;);");
        CompletableFuture<HostLoading> loading = link.loading();
        await().atMost(PATIENCE).until(() -> !logs.isEmpty());
        assertThat(loading.isDone()).isFalse();

        link.close();

        assertThat(soon(loading)).isInstanceOf(HostLoading.Gone.class);
    }

    @Test
    void aHostEndsWithItsLink() throws Exception {
        HostLink link = linkTo("setInterval(() => {}, 1000); exports.main = async () => 1");
        soon(link.invoke(invocation("one", 1)));

        link.close();

        assertThat(process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process().exitValue()).isZero();
        assertThat(soon(link.whenGone().toCompletableFuture()))
                .isEqualTo("the server closed the connection with the host");
    }

    @Test
    void aHostDropsWhoeverHasAnotherKey() throws Exception {
        Endpoint endpoint = start("exports.main = async () => 1", OptionalInt.empty());

        assertThat(soon(linkTo(endpoint, HostKey.random()).loading())).isInstanceOf(HostLoading.Gone.class);
        assertThat(soon(linkTo(endpoint, key).loading())).isInstanceOf(HostLoading.Loaded.class);
    }

    @Test
    void whereNobodyListensThereIsNoLink() throws Exception {
        var nobody = new Endpoint("127.0.0.1", freePort());

        assertThatIOException()
                .isThrownBy(() -> HostLink.open(nobody, key, RESULT_LIMIT, Duration.ofSeconds(1), this))
                .withMessageStartingWith("the function host at %s cannot be reached: ".formatted(nobody));
    }

    @Test
    void anIdIsUsedOnceAtATime() throws Exception {
        HostLink link = linkTo("exports.main = ({ end }) => end ? 1 : new Promise(() => {})");
        soon(link.invoke(invocation("one", Map.of("end", true))));
        var unused = link.invoke(invocation("one", Map.of()));

        assertThatIllegalArgumentException().isThrownBy(() -> link.invoke(invocation("one", Map.of())));
        assertThat(unused.isDone()).isFalse();
    }

    @Test
    void aHostUnderInspectionSaysWhereAndLoadsNothing() throws Exception {
        HostLink link = linkTo(start("console.log('loading')", OptionalInt.of(0)), key);

        assertThat(soon(inspected)).startsWith("ws://127.0.0.1:");
        assertThat(link.loading().isDone()).isFalse();
        assertThat(logs).isEmpty();
    }

    @Test
    void noTextShowsKeyEventVariablesOrResult() {
        var invocation = invocation("one", "the event", Map.of("WX_API_TOKEN", "the token"));
        var start = new HostScript.Start(key, HostScript.DEFAULT_HANDLER, OptionalInt.empty(), Optional.empty());

        assertThat(invocation + " " + start + " " + key + " " + new HostOutcome.Done(JsonText.of("\"the result\"")))
                .contains("one")
                .doesNotContain("the event", "the token", "the result", key.value());
    }
}
