package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import berth.wx.Openapi.ApiGetOpenDataByCloudIdReq;
import berth.wx.Openapi.ApiGetOpenDataByCloudIdResp;
import berth.wx.Openapi.CommOpenApiResp;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.core.Caller;
import dev.berth.core.CloudIdOpener;
import dev.berth.core.DirectorySource;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code cloud.getOpenData({list})}: opens CloudIDs (AD-45, AD-116). Those that this platform made are opened here, others by
 * WeChat. Thread-safe; blocks.
 */
final class OpenDataCall {
    private static final int INVALID = -601005;
    private static final int ANOTHER_USERS = -601007;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DirectorySource directory;
    private final CloudIdOpener opener;
    private final CloudCalls calls;

    OpenDataCall(DirectorySource directory, CloudIdOpener opener, CloudCalls calls) {
        this.directory = requireNonNull(directory, "directory is null");
        this.opener = requireNonNull(opener, "opener is null");
        this.calls = requireNonNull(calls, "calls is null");
    }

    /** @param askedApp whose users' data it is; empty for the caller's app (AD-38) */
    CommOpenApiResp answer(LiveInvocation invocation, String askedApp, ByteString request)
            throws InvalidProtocolBufferException {
        List<String> ids = ApiGetOpenDataByCloudIdReq.parseFrom(request).getCloudidListList();
        Optional<Caller> caller = invocation.origin().caller();
        String own = caller.map(Caller::appId).orElseGet(() -> owner(invocation));
        String app = askedApp.isEmpty() ? own : askedApp;
        if (caller.isEmpty() && !app.equals(own)) {
            return SvrkitCalls.failed(ANOTHER_USERS);
        }
        Map<String, CloudIdOpener.Outcome> outcomes = new LinkedHashMap<>();
        ids.forEach(id -> outcomes.put(id, opener.open(app, caller.map(Caller::openId), id)));
        List<String> foreign = foreign(outcomes);
        if (foreign.isEmpty() || caller.isEmpty()) {
            return answer(outcomes, Map.of());
        }
        OpenApiRequest question = question(caller.get().openId(), foreign);
        return switch (calls.ask(invocation, "getOpenData", app, question)) {
            case CloudCalls.Refused refused -> OpenApiAction.refused(refused);
            case CloudCalls.Said said -> answer(outcomes, byWeChat(said.body()));
        };
    }

    /** Those that this platform did not make. */
    private static List<String> foreign(Map<String, CloudIdOpener.Outcome> outcomes) {
        return outcomes.entrySet().stream()
                .filter(outcome ->
                        outcome.getValue() instanceof CloudIdOpener.Unopened unopened && unopened.errcode() == INVALID)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** AD-76 for each; if nothing could be opened, the code of the first alone (AD-48). */
    private static CommOpenApiResp answer(Map<String, CloudIdOpener.Outcome> outcomes, Map<String, String> byWeChat) {
        ApiGetOpenDataByCloudIdResp.Builder items = ApiGetOpenDataByCloudIdResp.newBuilder();
        List<Integer> errors = new ArrayList<>();
        outcomes.forEach((id, outcome) -> {
            items.addDataListBuilder().setCloudId(id).setJson(byWeChat.getOrDefault(id, item(id, outcome)));
            if (outcome instanceof CloudIdOpener.Unopened unopened && !byWeChat.containsKey(id)) {
                errors.add(unopened.errcode());
            }
        });
        return !errors.isEmpty() && errors.size() == outcomes.size()
                ? SvrkitCalls.failed(errors.getFirst())
                : SvrkitCalls.succeeded(items.build().toByteString());
    }

    private String owner(LiveInvocation invocation) {
        String environment = invocation.version().function().environmentId();
        return directory
                .current()
                .environment(environment)
                .map(entry -> entry.environment().appId())
                .orElse("");
    }

    /** OA-30. */
    private static OpenApiRequest question(String openId, List<String> ids) {
        ObjectNode body = JSON.createObjectNode();
        ids.forEach(body.putArray("cloudid_list")::add);
        return new OpenApiRequest(
                "POST",
                "/wxa/getopendata",
                "openid=" + URLEncoder.encode(openId, UTF_8),
                Optional.of("application/json"),
                body.toString().getBytes(UTF_8));
    }

    /** The items that WeChat answered, by CloudID. */
    private static Map<String, String> byWeChat(byte[] said) {
        Map<String, String> items = new HashMap<>();
        for (JsonNode item : SvrkitCalls.read(said).path("data_list")) {
            JsonNode json = item.path("json");
            String text = json.isTextual() ? json.asText() : json.toString(); // CF-15
            if (!text.isEmpty()) {
                items.put(item.path("cloud_id").asText(), text);
            }
        }
        return items;
    }

    /** AD-76, AD-116. */
    private static String item(String id, CloudIdOpener.Outcome outcome) {
        String cloudId = RawJson.quoted(id);
        return switch (outcome) {
            case CloudIdOpener.Opened(String data) -> "{\"cloudID\":%s,\"data\":%s}".formatted(cloudId, data);
            case CloudIdOpener.Unopened(int errcode, String errmsg) ->
                "{\"cloudID\":%s,\"errCode\":%d,\"errMsg\":%s}".formatted(cloudId, errcode, RawJson.quoted(errmsg));
        };
    }
}
