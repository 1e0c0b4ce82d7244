package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.AdminActions;
import dev.berth.core.App;
import dev.berth.core.AppKind;
import dev.berth.core.Caller;
import dev.berth.core.CloudCall;
import dev.berth.core.CloudIdOpener;
import dev.berth.core.Directory;
import dev.berth.core.Directory.EnvironmentEntry;
import dev.berth.core.Directory.FunctionEntry;
import dev.berth.core.Environment;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import dev.berth.core.FunctionVersionId;
import dev.berth.core.Origin;
import dev.berth.core.WeChat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@link Admin} with everything around it: invocations that run, a directory, WeChat, other functions. */
final class AdminRoom implements AutoCloseable {
    static final String APP = "wx1111111111111111";
    static final String OTHER_APP = "wx2222222222222222";
    static final FunctionId ORDER = new FunctionId("prod-01", "order");
    static final Caller ALICE = new Caller(APP, "oALICE", Optional.empty());

    final List<String> log = new CopyOnWriteArrayList<>();
    final List<WeChat.Question> asked = new CopyOnWriteArrayList<>();
    final List<FunctionInvoker.Invocation> invoked = new CopyOnWriteArrayList<>();
    final Map<String, CloudIdOpener.Outcome> cloudIds = new HashMap<>();
    WeChat.Answer weChatAnswers = json("{\"errcode\":0,\"errmsg\":\"ok\"}");
    FunctionInvoker.Result functionReturns = new FunctionInvoker.Returned("null");
    Set<String> permissions = Set.of("subscribeMessage.send", "security.imgSecCheck");
    Set<String> grants = Set.of(APP);
    private final List<LiveInvocation> live = new ArrayList<>();
    private int begun;
    private final Admin admin = new Admin(
            new LiveInvocations() {
                @Override
                public Optional<LiveInvocation> byToken(String token) {
                    return live.stream()
                            .filter(invocation ->
                                    !token.isEmpty() && invocation.token().equals(token))
                            .findFirst();
                }

                @Override
                public Optional<LiveInvocation> bySecretId(String secretId) {
                    return live.stream()
                            .filter(invocation -> invocation.secretId().equals(secretId))
                            .findFirst();
                }
            },
            this::directory,
            this::ask,
            (app, openId, id) -> cloudIds.getOrDefault(
                    app + " " + openId.orElse("anybody") + " " + id,
                    new CloudIdOpener.Unopened(-601005, "invalid cloudID.")),
            this::invoke);

    static WeChat.Answered json(String body) {
        return new WeChat.Answered(200, "application/json; encoding=utf-8", body.getBytes(UTF_8));
    }

    /** One that runs from now on. */
    LiveInvocation runs(Origin origin) {
        int number = ++begun;
        LiveInvocation invocation = new LiveInvocation(
                "request-" + number,
                new FunctionVersionId(ORDER, 1),
                origin,
                origin.withToken() ? "token-" + number : "",
                "AKID" + number,
                "key-" + number,
                log::add);
        live.add(invocation);
        return invocation;
    }

    LiveInvocation runsForAlice() {
        return runs(Origin.client(ALICE, ""));
    }

    void hasEnded(LiveInvocation invocation) {
        live.remove(invocation);
    }

    AdminActions.Answer answer(AdminActions.Request request) {
        AdminActions.Answer answer = admin.answer(request).toCompletableFuture().join();
        if (answer.status() != 200) {
            throw new AssertionError("status " + answer.status() + " (expected: 200, AD-22)");
        }
        return answer;
    }

    /** Of an answer that must be in the JSON form. */
    static JsonNode read(AdminActions.Answer answer) {
        if (!answer.contentType().equals("application/json; charset=utf-8")) {
            throw new AssertionError(answer.contentType());
        }
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private Directory directory() {
        return new Directory(
                Map.of(
                        APP, new App(APP, AppKind.MINI_PROGRAM),
                        OTHER_APP, new App(OTHER_APP, AppKind.MINI_PROGRAM)),
                Map.of(
                        "prod-01", environment("prod-01", APP, Set.of(), Map.of("order", order())),
                        "test-01", environment("test-01", APP, Set.of(), Map.of()),
                        "shared-01", environment("shared-01", OTHER_APP, grants, Map.of()),
                        "closed-01", environment("closed-01", OTHER_APP, Set.of(), Map.of())));
    }

    private FunctionEntry order() {
        return new FunctionEntry(
                ORDER,
                new FunctionVersion(
                        new FunctionVersionId(ORDER, 2),
                        "digest",
                        FunctionSettings.DEFAULTS.withPermissions(permissions),
                        Instant.EPOCH));
    }

    private static EnvironmentEntry environment(
            String id, String app, Set<String> grants, Map<String, FunctionEntry> functions) {
        return new EnvironmentEntry(new Environment(id, app), grants, CloudCall.DEFAULT, Map.of(), functions);
    }

    private CompletionStage<WeChat.Answer> ask(WeChat.Question question) {
        asked.add(question);
        return CompletableFuture.completedFuture(weChatAnswers);
    }

    private CompletionStage<FunctionInvoker.Outcome> invoke(FunctionInvoker.Invocation invocation) {
        invoked.add(invocation);
        return CompletableFuture.completedFuture(new FunctionInvoker.Outcome(
                "called-1", Optional.empty(), functionReturns, Duration.ZERO, Duration.ZERO, 0, false, List.of()));
    }
}
