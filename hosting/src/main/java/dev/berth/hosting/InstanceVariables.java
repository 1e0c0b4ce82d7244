package dev.berth.hosting;

import dev.berth.core.Version;
import java.util.HashMap;
import java.util.Map;

/** The environment of an instance: Berth's own, what the source says over it, then the settings, and HO-41 over all (HO-45). */
final class InstanceVariables {
    static final String ENVIRONMENT_ID = "CBR_ENV_ID";

    private InstanceVariables() {}

    /** @param own of this instance alone */
    static Map<String, String> of(Version version, Map<String, String> own) {
        Map<String, String> variables = new HashMap<>(own);
        variables.putAll(version.launch().variables());
        variables.putAll(version.settings().variables());
        variables.put(ENVIRONMENT_ID, version.id().environmentId());
        return Map.copyOf(variables);
    }
}
