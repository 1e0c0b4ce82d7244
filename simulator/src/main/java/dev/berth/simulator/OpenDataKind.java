package dev.berth.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** What a page may ask a user for; the name in the control API is the one of WeChat's button or call. */
enum OpenDataKind {
    PHONE_NUMBER("phoneNumber", "getPhoneNumber") {
        @Override
        Optional<JsonObject> of(User user, App app, Instant now) {
            return user.phone()
                    .map(PhoneNumber::of)
                    .map(phone -> new JsonObject()
                            .put("phoneNumber", phone.full())
                            .put("purePhoneNumber", phone.pure())
                            .put("countryCode", phone.countryCode()));
        }
    },
    WE_RUN("weRun", "getWeRunData") {
        @Override
        Optional<JsonObject> of(User user, App app, Instant now) {
            LocalDate today = now.atZone(CHINA).toLocalDate();
            JsonArray days = new JsonArray();
            today.minusDays(DAYS_OF_STEPS - 1L)
                    .datesUntil(today.plusDays(1))
                    .forEach(day -> days.add(new JsonObject()
                            .put("timestamp", day.atStartOfDay(CHINA).toEpochSecond())
                            .put("step", steps(user, day))));
            return Optional.of(new JsonObject().put("stepInfoList", days));
        }
    },
    USER_INFO("userInfo", "getUserInfo") {
        @Override
        Optional<JsonObject> of(User user, App app, Instant now) {
            JsonObject info = new JsonObject().put("openId", Identity.openid(app.appid(), user.name()));
            info.mergeIn(profile(user));
            return Optional.of(app.unionid() ? info.put("unionId", Identity.unionid(user.name())) : info);
        }
    };

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int DAYS_OF_STEPS = 31;
    private static final int FEWEST_STEPS = 2_000;
    private static final int MOST_STEPS = 18_000;

    private final String label;
    private final String call;

    OpenDataKind(String label, String call) {
        this.label = label;
        this.call = call;
    }

    /** The data without its watermark; empty when the user has none and so refuses. */
    abstract Optional<JsonObject> of(User user, App app, Instant now);

    static Optional<OpenDataKind> named(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    String label() {
        return label;
    }

    /** Such as {@code getPhoneNumber:ok}. */
    String errMsg(String outcome) {
        return call + ":" + outcome;
    }

    /** What a page may see of a user's profile. */
    static JsonObject profile(User user) {
        return new JsonObject()
                .put("nickName", user.nickname().orElse(user.name()))
                .put("gender", 0)
                .put("language", "zh_CN")
                .put("city", "")
                .put("province", "")
                .put("country", "")
                .put("avatarUrl", "");
    }

    /** The same on every machine for the same user and day. */
    private static int steps(User user, LocalDate day) {
        int hash = Objects.hash(user.name(), day.toEpochDay());
        return FEWEST_STEPS + Math.floorMod(hash * 0x9E3779B1, MOST_STEPS - FEWEST_STEPS);
    }
}
