package dev.berth.simulator;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;

/** WeChat's common texts by errcode; source: docs/spec/errcodes.json. */
final class ErrorTexts {
    private static final Map<Integer, String> TEXTS = new JsonObject(Resources.read("errcodes.json"))
            .stream().collect(Collectors.toUnmodifiableMap(entry -> Integer.valueOf(entry.getKey()), entry ->
                    (String) entry.getValue()));

    private ErrorTexts() {}

    /** WeChat's text for an error of its own, or else the plain words {@code system error}. */
    static String of(int errcode) {
        return TEXTS.getOrDefault(errcode, WeChatError.SYSTEM_ERROR.text());
    }
}
