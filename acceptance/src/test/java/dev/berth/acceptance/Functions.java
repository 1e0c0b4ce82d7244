package dev.berth.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The functions of {@code acceptance/cloudfunctions}, deployed and invoked as somebody does who has the command line. */
record Functions(Platform platform) {
    /** A copy with this {@code package.json}, deployed under this name. */
    void deploy(String function, String name, String dependencies, String... options) {
        Path copy = platform.folder().copyOf(Folder.function(function), name);
        try {
            Files.writeString(
                    copy.resolve("package.json"),
                    "{\"name\":\"%s\",\"private\":true,\"dependencies\":{%s}}".formatted(name, dependencies));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        deploy(copy, options);
    }

    void deploy(Path folder, String... options) {
        String[] all = new String[options.length + 1];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = "--function";
        platform.deploy(folder, all);
    }

    /** One function out of some files. */
    Path folder(String name, Map<String, String> files) {
        try {
            Path folder = Files.createDirectories(platform.folder().path().resolve("functions/" + name));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void deploy(String name, String source) {
        deploy(folder(name, Map.of("index.js", source)));
    }

    /** What the management API answers: {@code result} or {@code error}, and how it went. */
    JsonNode invoke(String name, String event, String query) {
        Answer answer = Management.of(platform.folder(), platform.door("management"))
                .post(
                        "/environments/%s/functions/%s/invocations%s"
                                .formatted(Caller.ENVIRONMENT, name, query.isEmpty() ? "" : "?" + query),
                        event);
        return answer.json();
    }

    JsonNode invokeAs(String user, String name, String event) {
        return invoke(name, event, "as=" + user);
    }
}
