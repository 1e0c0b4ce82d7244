package dev.berth.hosting;

import dev.berth.core.Version;
import java.util.HashMap;
import java.util.Map;

/** The environment of an instance: what the source says, the settings over it, and HO-41 over all (HO-45). */
final class InstanceVariables {
    static final String ENVIRONMENT_ID = "CBR_ENV_ID";

    private InstanceVariables() {}

    static Map<String, String> of(Version version) {
        Map<String, String> variables = new HashMap<>(version.launch().variables());
        variables.putAll(version.settings().variables());
        variables.put(ENVIRONMENT_ID, version.id().environmentId());
        return Map.copyOf(variables);
    }
}
