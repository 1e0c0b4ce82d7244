package dev.berth.gateway;

import dev.berth.core.FunctionInvoker.Failed;
import dev.berth.core.FunctionInvoker.Result;
import dev.berth.core.FunctionInvoker.Returned;
import dev.berth.core.Refusal;
import dev.berth.core.SystemError;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What the result of {@code cloudbase_auth} means (CH-134). */
final class SharingVerdict {
    private SharingVerdict() {}

    /** Empty: the caller may come in. */
    static Optional<Refusal> refusal(Result result) {
        return switch (result) {
            case Returned returned -> refusal(returned.json());
            case Failed failed -> unusable(failed.error().name() + "; see its log");
        };
    }

    static Optional<Refusal> unusable(String why) {
        return refused(SystemError.SHARING_VERDICT_MISSING, "gave no verdict: " + why);
    }

    private static Optional<Refusal> refusal(String json) {
        try {
            return Json.decodeValue(json) instanceof JsonObject verdict
                    ? refusal(verdict.getValue("errCode"))
                    : unusable("its result is no object");
        } catch (DecodeException e) {
            return unusable("its result is no JSON");
        }
    }

    private static Optional<Refusal> refusal(Object errCode) {
        if (errCode == null || errCode.equals("")) {
            return refused(SystemError.SHARING_VERDICT_EMPTY, "returned no errCode (expected: 0 for who may come in)");
        }
        return errCode instanceof Number number && number.doubleValue() == 0
                ? Optional.empty()
                : refused(SystemError.SHARING_REFUSED, "returned an errCode other than 0");
    }

    private static Optional<Refusal> refused(SystemError error, String what) {
        return Optional.of(Refusal.system(error, "function", Sharing.GUARD + " " + what));
    }
}
