package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** How an app's server comes by the open data that a user gave it. */
final class OpenDataApis {
    private OpenDataApis() {}

    /** OA-32 */
    static Reply phoneNumber(ApiCall call) {
        Optional<JsonObject> phone =
                OpenData.redeem(call.handle(), call.text("code"), call.app().appid(), call.now());
        return phone.map(info -> Reply.json(Reply.okBody().put("phone_info", info)))
                .orElseGet(() -> call.denied(40029));
    }

    /** OA-30 */
    static Reply openData(ApiCall call) {
        String openid = call.query("openid");
        if (People.withOpenid(call.handle(), call.app(), openid).isEmpty()) {
            return call.denied(40003);
        }
        if (!(call.body().getValue("cloudid_list") instanceof JsonArray cloudIds)) {
            return call.denied(40097);
        }
        JsonArray data = new JsonArray();
        for (Object cloudId : cloudIds) {
            String id = String.valueOf(cloudId);
            data.add(new JsonObject()
                    .put("cloud_id", id)
                    .put("json", json(call, id, openid).encode()));
        }
        return Reply.json(Reply.okBody().put("data_list", data));
    }

    /** OA-31 */
    private static JsonObject json(ApiCall call, String cloudId, String openid) {
        JsonObject json = new JsonObject().put("cloudID", cloudId);
        return switch (OpenData.find(call.handle(), cloudId, call.app().appid(), openid, call.now())) {
            case OpenData.Data data -> json.put("data", data.json());
            case OpenData.Trouble trouble -> json.put("errCode", trouble.code()).put("errMsg", trouble.text());
        };
    }
}
