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
        Optional<Caller> caller = invocation.origin().caller();
        String app = askedApp.isEmpty() ? caller.map(Caller::appId).orElseGet(() -> owner(invocation)) : askedApp;
        Optional<String> openId =
                caller.filter(user -> user.appId().equals(app)).map(Caller::openId);

        Map<String, CloudIdOpener.Outcome> outcomes = new LinkedHashMap<>();
        for (String id : ApiGetOpenDataByCloudIdReq.parseFrom(request).getCloudidListList()) {
            outcomes.put(id, opener.open(app, openId, id));
        }
        List<String> foreign = outcomes.entrySet().stream()
                .filter(outcome -> outcome.getValue() instanceof CloudIdOpener.Unopened(int errcode, String errmsg)
                        && errcode == INVALID)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, String> items = new LinkedHashMap<>();
        outcomes.forEach((id, outcome) -> items.put(id, item(id, outcome)));
        boolean opened = outcomes.values().stream().anyMatch(CloudIdOpener.Opened.class::isInstance);
        if (!foreign.isEmpty() && openId.isPresent()) {
            switch (calls.ask(invocation, "getOpenData", app, question(openId.get(), foreign))) {
                case CloudCalls.Refused refused -> {
                    return OpenApiAction.refused(refused);
                }
                case CloudCalls.Said said -> opened |= take(said.body(), items);
            }
        }
        return opened || outcomes.isEmpty() ? answer(items) : SvrkitCalls.failed(errcode(outcomes));
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

    /** Puts what WeChat opened among the items; whether there was any. */
    private static boolean take(byte[] said, Map<String, String> items) {
        boolean any = false;
        for (JsonNode item : SvrkitCalls.read(said).path("data_list")) {
            JsonNode json = item.path("json");
            String text = json.isTextual() ? json.asText() : json.toString(); // CF-15
            any |= !text.isEmpty() && items.replace(item.path("cloud_id").asText(), text) != null;
        }
        return any;
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

    private static CommOpenApiResp answer(Map<String, String> items) {
        ApiGetOpenDataByCloudIdResp.Builder response = ApiGetOpenDataByCloudIdResp.newBuilder();
        items.forEach((id, json) -> response.addDataListBuilder().setCloudId(id).setJson(json));
        return SvrkitCalls.succeeded(response.build().toByteString());
    }

    private static int errcode(Map<String, CloudIdOpener.Outcome> outcomes) {
        return outcomes.values().stream()
                .map(outcome -> outcome instanceof CloudIdOpener.Unopened unopened ? unopened.errcode() : INVALID)
                .findFirst()
                .orElse(INVALID);
    }
}
