package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A page of an app asks a user for open data, and the user presses the button (OA-31). */
record OpenDataButton(Handle handle, App app, User user, OpenDataKind kind, Instant now, Chance chance) {
    private static final int CODE_LENGTH = 64;
    private static final int CLOUD_ID_LENGTH = 48;

    /**
     * What the page is told: a CloudID, for a phone number a code, and what only the app's server can decrypt. A page
     * whose user has never signed in is told the references only, for there is no key.
     *
     * @param otherKey in the place of the one that the last sign-in was given
     */
    JsonObject press(Optional<SessionKey> otherKey) {
        return kind.of(user, app, now)
                .map(data -> given(data.put("watermark", watermark()), otherKey))
                .orElseGet(() -> new JsonObject().put("errMsg", kind.errMsg("fail user deny")));
    }

    private JsonObject given(JsonObject data, Optional<SessionKey> otherKey) {
        JsonObject told = references(data).put("errMsg", kind.errMsg("ok"));
        otherKey.or(() -> SessionKeys.find(handle, app.appid(), user.name())).ifPresent(key -> seal(told, data, key));
        return told;
    }

    private JsonObject watermark() {
        return new JsonObject().put("timestamp", now.getEpochSecond()).put("appid", app.appid());
    }

    private JsonObject references(JsonObject data) {
        String cloudId = "sim_" + chance.letters(CLOUD_ID_LENGTH);
        Optional<String> code =
                kind == OpenDataKind.PHONE_NUMBER ? Optional.of(chance.letters(CODE_LENGTH)) : Optional.empty();
        OpenData.put(handle, cloudId, code, app, user, data, now);
        JsonObject told = new JsonObject().put("cloudID", cloudId);
        code.ifPresent(text -> told.put("code", text));
        return told;
    }

    private void seal(JsonObject told, JsonObject data, SessionKey key) {
        OpenDataCipher.Sealed sealed = OpenDataCipher.seal(data, key, chance);
        told.put("encryptedData", sealed.encryptedData()).put("iv", sealed.iv());
        if (kind == OpenDataKind.USER_INFO) {
            JsonObject profile = OpenDataKind.profile(user);
            String rawData = profile.encode();
            told.put("userInfo", profile).put("rawData", rawData).put("signature", OpenDataCipher.sign(rawData, key));
        }
    }
}
