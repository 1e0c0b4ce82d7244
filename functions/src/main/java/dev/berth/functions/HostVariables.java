package dev.berth.functions;

import dev.berth.core.FunctionSettings;
import dev.berth.core.FunctionVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The environment of a host: what is common to all its invocations, and nobody's identity (AD-27). */
final class HostVariables {
    /** What the platform says with these no function says itself, also where the platform is silent (AD-31, AD-33). */
    private static final List<String> RESERVED_PREFIXES =
            List.of("TCB_", "WX_", "TENCENTCLOUD_", "SCF_", "KUBERNETES_", "BERTH_");

    private static final Set<String> RESERVED = Set.of(
            "PORT",
            "SERVER_PORT",
            "TRIGGER_SRC",
            "LOGINTYPE",
            "CBR_ENV_ID",
            "SUMERU_ENV",
            "TENCENTCLOUD",
            "_SCF_TCB_LOG");

    private static final Map<String, String> PLATFORM = Map.of(
            "TENCENTCLOUD_RUNENV", "SCF", // AD-32
            "TENCENTCLOUD_REGION", "ap-shanghai",
            "_SCF_TCB_LOG", "1"); // AD-73

    private HostVariables() {}

    /**
     * @param admission those of the inward door; the function's own win where they may
     * @param start those that the host script itself reads
     */
    static Map<String, String> of(FunctionVersion version, Map<String, String> admission, Map<String, String> start) {
        Map<String, String> variables = new LinkedHashMap<>(admission);
        variables.put("TZ", "UTC"); // as on the platform, wherever this machine is; config.json may say another
        version.settings().variables().forEach((name, value) -> {
            if (!isReserved(name)) {
                variables.put(name, value);
            }
        });
        variables.putAll(PLATFORM);
        String environment = version.id().function().environmentId();
        variables.put("SCF_NAMESPACE", environment); // init() may stand where the code is loaded
        variables.put("TCB_ENV", environment);
        variables.putAll(start);
        return variables;
    }

    /** Of a function's own variables those that have no effect. */
    static List<String> ignored(FunctionSettings settings) {
        return settings.variables().keySet().stream()
                .filter(HostVariables::isReserved)
                .sorted()
                .toList();
    }

    private static boolean isReserved(String name) {
        return RESERVED.contains(name) || RESERVED_PREFIXES.stream().anyMatch(name::startsWith);
    }
}
