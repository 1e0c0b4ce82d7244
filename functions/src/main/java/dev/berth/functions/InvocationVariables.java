package dev.berth.functions;

import dev.berth.core.Caller;
import dev.berth.core.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The environment of one invocation, over that of its host (AD-27). Nothing else tells a function who is behind it. */
final class InvocationVariables {
    /** AD-28: the SDK sees these only. AD-29: no token may stand in the other list. */
    private static final String CONTEXT_KEYS =
            "TCB_ENV,TCB_SEQID,TCB_SOURCE,TCB_SESSIONTOKEN,TCB_TRACELOG,TCB_ROUTE_KEY,WX_API_TOKEN";

    private InvocationVariables() {}

    /**
     * @param owner AppID of the app that owns the environment
     * @param opened keys of the event that were opened (AD-80)
     */
    static Map<String, String> of(
            String environmentId,
            String owner,
            String requestId,
            Origin origin,
            List<String> opened,
            InvocationSecrets secrets) {
        Map<String, String> identity = identity(owner, origin, opened);
        Map<String, String> variables = new LinkedHashMap<>(identity);
        variables.put("TCB_ENV", environmentId);
        variables.put("SCF_NAMESPACE", environmentId);
        variables.put("TCB_SOURCE", origin.source());
        variables.put("TCB_SEQID", requestId);
        variables.put("TCB_TRACELOG", requestId);
        variables.put("TENCENTCLOUD_SECRETID", secrets.secretId()); // AD-30
        variables.put("TENCENTCLOUD_SECRETKEY", secrets.secretKey());
        if (origin.withToken()) {
            variables.put("WX_API_TOKEN", secrets.token());
        }
        if (origin.isTimer()) {
            variables.put("TRIGGER_SRC", "timer"); // AD-12
            variables.put("WX_TRIGGER_API_TOKEN_V0", secrets.token());
        }
        variables.put("TCB_CONTEXT_KEYS", CONTEXT_KEYS);
        variables.put("WX_CONTEXT_KEYS", String.join(",", identity.keySet()));
        return variables;
    }

    /** What {@code getWXContext()} shows (AD-80). It shows nothing at all without one of these (AD-79). */
    private static Map<String, String> identity(String owner, Origin origin, List<String> opened) {
        Map<String, String> identity = new LinkedHashMap<>();
        origin.caller().ifPresentOrElse(caller -> put(identity, caller, owner), () -> identity.put("WX_APPID", owner));
        if (!origin.clientAddress().isEmpty()) {
            identity.put(
                    origin.clientAddress().contains(":") ? "WX_CLIENTIPV6" : "WX_CLIENTIP", origin.clientAddress());
        }
        if (!opened.isEmpty()) {
            identity.put("WX_OPEN_DATA_INFO", openDataInfo(opened));
        }
        return identity;
    }

    private static void put(Map<String, String> identity, Caller caller, String owner) {
        boolean shared = !caller.appId().equals(owner);
        String from = shared ? "FROM_" : ""; // CH-44, CH-132
        identity.put("WX_" + from + "OPENID", caller.openId());
        identity.put("WX_" + from + "APPID", caller.appId());
        caller.unionId().ifPresent(id -> identity.put("WX_" + from + "UNIONID", id));
    }

    private static String openDataInfo(List<String> keys) {
        return keys.stream().map(RawJson::quoted).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }
}
