package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        header = "Replace the whole permission list with that of a file.",
        description = {
            "",
            "One path a line; blank lines, and what follows a #, are left out. Either the whole list holds, or nothing "
                    + "changes.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth permissions set permissions.txt",
            "  berth permissions --json | jq -r '.paths[]' | berth permissions set - --env prod-02"
        })
final class PermissionsSetCommand extends ServerCommand {
    @Parameters(paramLabel = "FILE", description = "A text file; - for standard input.")
    private String file = "";

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    private List<String> paths = List.of();

    PermissionsSetCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        String place = file.equals("-") ? "standard input" : file;
        List<String> read = new ArrayList<>();
        int number = 0;
        for (String line : text().lines().toList()) {
            number++;
            String path = line.replaceFirst("#.*", "").strip();
            if (!path.isEmpty()) {
                require(new PermissionPath(path), "%s, line %d: ".formatted(place, number));
                read.add(path);
            }
        }
        if (read.isEmpty()) {
            throw wrongUsage(
                    "%s: no path in it (expected: one a line)".formatted(place),
                    "To allow nothing at all: berth permissions off");
        }
        paths = List.copyOf(read);
    }

    private void require(PermissionPath entry, String place) {
        Optional<String> fault = entry.fault();
        if (fault.isPresent()) {
            throw wrongUsage(
                    place + fault.get(),
                    entry.corrected()
                            .map("Write it as: %s"::formatted)
                            .orElse("Correct it and try again; nothing has changed."));
        }
    }

    private String text() {
        try {
            byte[] bytes = file.equals("-")
                    ? shell().in().readAllBytes()
                    : Files.readAllBytes(shell().folder().resolve(file));
            return new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\ufeff", "");
        } catch (NoSuchFileException missing) {
            throw wrongUsage(
                    "%s cannot be read: there is no such file".formatted(file),
                    "Name a text file with one path a line, or - for standard input.");
        } catch (IOException unreadable) {
            throw wrongUsage("%s cannot be read: %s".formatted(file, unreadable), "Name a text file, or - .");
        }
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        JsonNode answer =
                api.put(PermissionsCommand.settingsOf(env), Json.object().set("paths", Json.texts(paths)));
        int number = answer.path("paths").size();
        print(answer, "Services of %s may now call %d %s.".formatted(env, number, number == 1 ? "path" : "paths"));
        KnownApis known = KnownApis.load();
        paths.stream()
                .distinct()
                .flatMap(path -> known.note(path).stream())
                .forEach(note -> shell().err().println("note: " + note));
        return ExitCode.OK;
    }
}
