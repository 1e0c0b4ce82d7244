package dev.berth.simulator;

import io.vertx.core.json.JsonObject;

/** A fault in the form in which it was set, with its id and how often it has struck. */
final class FaultJson {
    private FaultJson() {}

    static JsonObject of(Faults.Entry entry) {
        Fault fault = entry.fault();
        JsonObject json = new JsonObject().put("id", entry.id());
        fault.path().ifPresent(path -> json.put("api", path));
        fault.app().ifPresent(app -> json.put("app", app));
        fault.user().ifPresent(user -> json.put("user", user));
        fault.count().ifPresent(count -> json.put("count", count));
        json.put("probability", fault.probability());
        if (!fault.delay().equals(Delay.NONE)) {
            json.put("delay", delay(fault.delay()));
        }
        putEffect(json, fault.effect());
        return json.put("struck", entry.struck());
    }

    private static Object delay(Delay delay) {
        return delay.sigma() == 0
                ? Span.text(delay.median())
                : new JsonObject()
                        .put("median", Span.text(delay.median()))
                        .put("sigma", delay.sigma())
                        .put("max", Span.text(delay.max()));
    }

    private static void putEffect(JsonObject json, Fault.Effect effect) {
        switch (effect) {
            case Fault.None() -> {}
            case Fault.Errcode error -> {
                json.put("errcode", error.errcode());
                error.errmsg().ifPresent(text -> json.put("errmsg", text));
            }
            case Fault.ExpiredToken() -> json.put("expiredToken", true);
            case Fault.Status status -> json.put("status", status.status());
            case Fault.Reset() -> json.put("reset", true);
            case Fault.Garbled garbled -> json.put("garbage", garbled.how().name());
        }
    }
}
