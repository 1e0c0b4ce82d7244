package dev.berth.functions;

import dev.berth.artifacts.ContentDigest;
import dev.berth.core.FunctionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What makes a version of a function: its files, the settings, and what is installed for it. */
final class FunctionDigest {
    private FunctionDigest() {}

    /** @return SHA-256 in hex */
    static String of(Path folder, FunctionSettings settings, Dependencies dependencies) throws IOException {
        List<String> triggers = settings.triggers().stream()
                .flatMap(trigger -> Stream.of(trigger.name(), trigger.cron()))
                .toList();
        return new ContentDigest()
                .files(folder)
                .text(settings.handler())
                .text(settings.timeLimit().toString())
                .number(settings.memory())
                .number(settings.invocationsPerHost())
                .map(settings.variables())
                .texts(List.copyOf(settings.permissions()))
                .texts(triggers)
                .text(dependencies.mark())
                .hex();
    }
}
