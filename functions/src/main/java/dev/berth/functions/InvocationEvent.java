package dev.berth.functions;

import dev.berth.core.Caller;
import dev.berth.core.CloudIdOpener;
import dev.berth.core.CloudIdOpener.Opened;
import dev.berth.core.CloudIdOpener.Unopened;
import dev.berth.core.FunctionInvoker.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the event that the function gets (AD-75, AD-76): the text that was sent, unchanged, with what Berth adds at its end.
 * Of a key that comes twice {@code JSON.parse} takes the last.
 */
final class InvocationEvent {
    private static final int MOST_CLOUD_IDS = 5;

    private final Invocation invocation;
    private final String owner;
    private final CloudIdOpener opener;
    private final List<String> additions = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();

    /**
     * @param invocation its event is a JSON object
     * @param owner AppID of the app that owns the environment
     */
    InvocationEvent(Invocation invocation, String owner, CloudIdOpener opener) {
        this.invocation = invocation;
        this.owner = owner;
        this.opener = opener;
        addCloudIds();
        invocation.origin().caller().filter(_ -> isSentByUser()).ifPresent(this::addUserInfo);
    }

    JsonText text() {
        String event = invocation.event();
        if (additions.isEmpty()) {
            return JsonText.of(event);
        }
        String open = event.substring(0, event.lastIndexOf('}')).stripTrailing();
        String separator = open.endsWith("{") ? "" : ",";
        return JsonText.of(open + separator + String.join(",", additions) + "}");
    }

    /** The keys whose CloudIDs were good (AD-80). */
    List<String> opened() {
        return opened;
    }

    private void addCloudIds() {
        int count = 0;
        for (Map.Entry<String, String> entry : invocation.cloudIds().entrySet()) {
            count++;
            String cloudId = RawJson.quoted(entry.getValue());
            add(entry.getKey(), count > MOST_CLOUD_IDS ? cloudId : opened(entry.getKey(), entry.getValue(), cloudId));
        }
    }

    private String opened(String key, String cloudId, String quoted) {
        return switch (open(cloudId)) {
            case Opened(String data) -> {
                opened.add(key);
                yield "{\"cloudID\":%s,\"data\":%s}".formatted(quoted, data);
            }
            case Unopened(int errcode, String errmsg) ->
                "{\"cloudID\":%s,\"errCode\":%d,\"errMsg\":%s}".formatted(quoted, errcode, RawJson.quoted(errmsg));
        };
    }

    private CloudIdOpener.Outcome open(String cloudId) {
        return invocation
                .origin()
                .caller()
                .map(caller -> opener.open(caller.appId(), Optional.of(caller.openId()), cloudId))
                .orElseGet(() -> opener.open(owner, Optional.empty(), cloudId));
    }

    /** What a function sends to another one is for that function to say. */
    private boolean isSentByUser() {
        return !invocation.origin().source().endsWith(",scf");
    }

    private void addUserInfo(Caller caller) {
        add(
                "userInfo",
                "{\"openId\":%s,\"appId\":%s}"
                        .formatted(RawJson.quoted(caller.openId()), RawJson.quoted(caller.appId())));
    }

    private void add(String key, String json) {
        additions.add(RawJson.quoted(key) + ":" + json);
    }
}
