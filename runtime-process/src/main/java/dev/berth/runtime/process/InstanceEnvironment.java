package dev.berth.runtime.process;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The whole environment of a program: nothing of the server's but where programs are and which language is spoken. */
final class InstanceEnvironment {
    private InstanceEnvironment() {}

    /** HO-41, HO-44, HO-45: the variables of the request win. */
    static Map<String, String> of(InstanceFolder folder, int port, Map<String, String> variables) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", pathWithin(folder.files()));
        environment.put("HOME", folder.home().toString());
        environment.put("TMPDIR", folder.temporary().toString());
        environment.put("LANG", ofServer("LANG", "C.UTF-8"));
        environment.put("PORT", String.valueOf(port));
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.putAll(variables);
        return environment;
    }

    /** Where programs of a version are looked for. */
    static String path(Path files, Map<String, String> variables) {
        return variables.getOrDefault("PATH", pathWithin(files));
    }

    static String pathOfServer() {
        return ofServer("PATH", "/usr/local/bin:/usr/bin:/bin");
    }

    private static String pathWithin(Path files) {
        return files.resolve("node_modules/.bin") + ":" + pathOfServer();
    }

    private static String ofServer(String name, String otherwise) {
        String value = System.getenv().getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }
}
