package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A page asks a user for open data, and the user presses the button (OA-31). */
final class OpenDataButton {
    private static final int CODE_LENGTH = 64;
    private static final int CLOUD_ID_LENGTH = 48;

    private OpenDataButton() {}

    /**
     * What the page is told: a CloudID, for a phone number a code, and what only the app's server can decrypt. A page
     * whose user has never signed in is told the references only, for there is no key.
     *
     * @param sessionKey in the place of the one that the last sign-in was given
     */
    static JsonObject press(
            Handle handle,
            App app,
            User user,
            OpenDataKind kind,
            Optional<SessionKey> sessionKey,
            Instant now,
            Chance chance) {
        Optional<JsonObject> data = kind.of(user, app, now);
        if (data.isEmpty()) {
            return new JsonObject().put("errMsg", kind.errMsg("fail user deny"));
        }
        JsonObject marked = data.get().put("watermark", watermark(app, now));
        JsonObject told = new JsonObject().put("errMsg", kind.errMsg("ok"));
        references(handle, app, user, kind, marked, now, chance, told);
        sessionKey
                .or(() -> SessionKeys.find(handle, app.appid(), user.name()))
                .ifPresent(key -> seal(told, marked, user, kind, key, chance));
        return told;
    }

    private static JsonObject watermark(App app, Instant now) {
        return new JsonObject().put("timestamp", now.getEpochSecond()).put("appid", app.appid());
    }

    private static void references(
            Handle handle,
            App app,
            User user,
            OpenDataKind kind,
            JsonObject data,
            Instant now,
            Chance chance,
            JsonObject told) {
        String cloudId = "sim_" + chance.letters(CLOUD_ID_LENGTH);
        Optional<String> code =
                kind == OpenDataKind.PHONE_NUMBER ? Optional.of(chance.letters(CODE_LENGTH)) : Optional.empty();
        OpenData.put(handle, cloudId, code, app, user, data, now);
        told.put("cloudID", cloudId);
        code.ifPresent(text -> told.put("code", text));
    }

    private static void seal(
            JsonObject told, JsonObject data, User user, OpenDataKind kind, SessionKey key, Chance chance) {
        OpenDataCipher.Sealed sealed = OpenDataCipher.seal(data, key, chance);
        told.put("encryptedData", sealed.encryptedData()).put("iv", sealed.iv());
        if (kind == OpenDataKind.USER_INFO) {
            JsonObject profile = OpenDataKind.profile(user);
            String rawData = profile.encode();
            told.put("userInfo", profile).put("rawData", rawData).put("signature", OpenDataCipher.sign(rawData, key));
        }
    }
}
