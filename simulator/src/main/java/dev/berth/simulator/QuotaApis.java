package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;

/** What an app may ask about its own calls: quotas, and what became of a request. */
final class QuotaApis {
    private static final int INVALID_APPID = 40013;
    private static final int CLEARED_TOO_OFTEN = 48006;
    private static final int RID_NOT_FOUND = 76001;
    private static final int RID_OF_ANOTHER = 76003;
    private static final int PATH_NOT_FOUND = 76021;

    private final Quotas quotas;
    private final Journal journal;

    QuotaApis(World world) {
        this.quotas = world.quotas();
        this.journal = world.journal();
    }

    /** By path. None of them uses up a quota itself. */
    Map<String, Api> byPath() {
        return Map.of(
                "/cgi-bin/clear_quota", this::clear,
                "/cgi-bin/openapi/quota/get", this::quota,
                "/cgi-bin/openapi/rid/get", this::request);
    }

    private Reply clear(ApiCall call) {
        if (!call.text("appid").equals(call.app().appid())) {
            return call.denied(INVALID_APPID);
        }
        return quotas.clear(call.app().appid(), call.now()) ? Reply.ok() : call.denied(CLEARED_TOO_OFTEN);
    }

    private Reply quota(ApiCall call) {
        String path = call.text("cgi_path");
        if (Catalogue.at(path).isEmpty()) {
            return call.denied(PATH_NOT_FOUND);
        }
        Quotas.Standing standing = quotas.standing(call.app().appid(), path, call.now());
        JsonObject quota = new JsonObject()
                .put("daily_limit", standing.limit())
                .put("used", standing.used())
                .put("remain", standing.remaining());
        return Reply.json(Reply.okBody().put("quota", quota));
    }

    private Reply request(ApiCall call) {
        return journal.byRid(call.text("rid"))
                .map(entry -> told(call, entry))
                .orElseGet(() -> call.denied(RID_NOT_FOUND));
    }

    private static Reply told(ApiCall call, JournalEntry entry) {
        if (entry.app().filter(call.app().appid()::equals).isEmpty()) {
            return call.denied(RID_OF_ANOTHER);
        }
        JsonObject request = new JsonObject()
                .put("invoke_time", entry.time().getEpochSecond())
                .put("cost_in_ms", 0)
                .put("request_url", entry.path() + "?" + queryText(entry))
                .put("request_body", entry.body().map(JsonObject::encode).orElse(""))
                .put("response_body", entry.answer().map(JsonObject::encode).orElse(""))
                .put("client_ip", "127.0.0.1");
        return Reply.json(Reply.okBody().put("request", request));
    }

    private static String queryText(JournalEntry entry) {
        return entry.query().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
    }
}
