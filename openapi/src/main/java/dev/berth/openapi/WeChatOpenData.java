package dev.berth.openapi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.Caller;
import dev.berth.core.OpenData;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Verifies and decrypts open data as WeChat tells apps to: signature, session key, and the watermark, which names the app
 * that the data was given to. Thread-safe.
 */
final class WeChatOpenData implements OpenData {
    /** WeChat's own code for it, in WXBizMsgCrypt and WXBizDataCrypt alike. */
    static final int UNDECRYPTABLE = -41003;

    static final int WRONG_SIGNATURE = 87009;

    private static final String STALE_KEY =
            "The data was encrypted with another session key than this session's: wx.login was called since, or before it."
                    + " Sign in again; if it lasts, let the user press the button again.";

    private final ObjectMapper json = new ObjectMapper();
    private final CloudIds cloudIds;
    private final InstantSource clock;

    WeChatOpenData(CloudIds cloudIds, InstantSource clock) {
        this.cloudIds = requireNonNull(cloudIds, "cloudIds is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public Outcome cloudId(Caller user, String sessionKey, Given given) {
        Optional<Signed> signed = given.signed();
        if (signed.isPresent()
                && !EncryptedData.isSigned(
                        sessionKey, signed.get().rawData(), signed.get().signature())) {
            return new Refused(WRONG_SIGNATURE, "invalid signature", "Send rawData as WeChat gave it. " + STALE_KEY);
        }
        return EncryptedData.decrypt(sessionKey, given.encryptedData(), given.iv())
                .flatMap(this::object)
                .map(data -> cloudId(user, data))
                .orElseGet(() -> new Refused(UNDECRYPTABLE, "aes decryption failed", STALE_KEY));
    }

    private Optional<JsonNode> object(byte[] decrypted) {
        try {
            return Optional.of(json.readTree(decrypted)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Outcome cloudId(Caller user, JsonNode data) {
        String appId = data.path("watermark").path("appid").asText("");
        if (!appId.equals(user.appId())) {
            return new Refused(
                    UNDECRYPTABLE,
                    "watermark.appid: %s (expected: %s)".formatted(appId, user.appId()),
                    "Send the data that WeChat gave to the app of this session.");
        }
        return new Made(cloudIds.seal(new CloudIds.Content(user.appId(), user.openId(), clock.instant(), data)));
    }
}
