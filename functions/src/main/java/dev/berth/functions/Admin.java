package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import dev.berth.core.AdminActions;
import dev.berth.core.CloudIdOpener;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.WeChat;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What {@code wx-server-sdk} asks of the platform (docs/spec/admin-protocol.md): WeChat's open APIs, open data, other functions.
 * Who asks is known by the credentials of a live invocation. Each request is answered on a virtual thread of its own.
 * Thread-safe.
 */
final class Admin implements AdminActions, AutoCloseable {
    private static final String MISSING_TOKEN = "missing wxCloudApiToken";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Recognition recognition;
    private final OpenApiAction openApi;
    private final WxApiAction wxApi;
    private final InvokeAction invoke;

    Admin(
            LiveInvocations live,
            DirectorySource directory,
            WeChat weChat,
            CloudIdOpener cloudIds,
            FunctionInvoker invoker) {
        requireNonNull(cloudIds, "cloudIds is null");
        CrossAccount crossAccount = new CrossAccount(directory);
        CloudCalls calls = new CloudCalls(directory, weChat);
        this.recognition = new Recognition(live, crossAccount);
        this.openApi = new OpenApiAction(
                calls,
                new SvrkitCalls(calls, new OpenDataCall(directory, cloudIds, calls)),
                new CrossAccountCall(directory, crossAccount));
        this.wxApi = new WxApiAction(calls);
        this.invoke = new InvokeAction(crossAccount, invoker);
    }

    @Override
    public CompletionStage<Answer> answer(Request request) {
        return CompletableFuture.supplyAsync(() -> answerNow(request), threads);
    }

    /** Ends what is being answered. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Answer answerNow(Request request) {
        if (!request.method().equals("POST") || !request.path().endsWith("/admin")) { // AD-1
            return invalid("this is the door of wx-server-sdk (expected: POST …/admin)");
        }
        AdminFields fields;
        try {
            fields = AdminBody.read(request.headers().getOrDefault("content-type", ""), request.body());
        } catch (IOException e) {
            return invalid("the body cannot be read: " + e.getMessage());
        }
        return switch (recognition.recognise(request, fields)) {
            case Recognition.Unknown unknown ->
                AdminAnswers.failure(AdminAnswers.Code.INVALID_REQUEST_SOURCE, unknown.reason());
            case Recognition.Known known -> answer(known, fields);
        };
    }

    private Answer answer(Recognition.Known known, AdminFields fields) {
        String action = fields.text("action");
        return switch (action) {
            case "functions.invokeFunction" -> invoke.answer(known, fields);
            case "wx.openApi" ->
                known.withToken() ? openApi.answer(known.invocation(), fields) : withoutToken(known, fields);
            case "wx.api" -> known.withToken() ? wxApi.answer(known.invocation(), fields) : withoutToken(known, fields);
            default -> notOpened(known.invocation(), action);
        };
    }

    /** AD-26. */
    private static Answer withoutToken(Recognition.Known known, AdminFields fields) {
        LiveInvocation invocation = known.invocation();
        String name = fields.text("apiName");
        String line = InvocationLog.refused(
                name.contains(".") ? "openapi." + name : name,
                MISSING_TOKEN,
                InvocationLog.nobodyFromWeChat(invocation));
        invocation.log().accept(line);
        return invalid(MISSING_TOKEN);
    }

    /** AD-64. */
    private static Answer notOpened(LiveInvocation invocation, String action) {
        String text = "%s is not opened in this environment: Berth does not offer it yet".formatted(subject(action));
        invocation.log().accept(InvocationLog.refused(action, AdminAnswers.Code.RESOURCE_NOT_INITIAL.name(), text));
        return AdminAnswers.failure(AdminAnswers.Code.RESOURCE_NOT_INITIAL, text);
    }

    private static String subject(String action) {
        return switch (action.substring(0, action.indexOf('.') + 1)) {
            case "database." -> "the database";
            case "storage." -> "storage";
            default -> action.equals("wx.wxPayApi") ? "pay" : "this action";
        };
    }

    private static Answer invalid(String message) {
        return AdminAnswers.failure(AdminAnswers.Code.INVALID_PARAM, message);
    }
}
