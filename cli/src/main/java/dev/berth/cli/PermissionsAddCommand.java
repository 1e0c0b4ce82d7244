package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        header = "Allow services to call these paths of WeChat's API.",
        description = {
            "",
            "A path has no host and no query. One that ends in /* allows all below it; /* alone allows everything. A path "
                    + "that Berth does not know is taken all the same.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth permissions add /wxa/msg_sec_check /wxa/getwxacodeunlimit",
            "  berth permissions add '/cgi-bin/message/*' --env prod-02"
        })
final class PermissionsAddCommand extends ServerCommand {
    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Such as /wxa/msg_sec_check.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    PermissionsAddCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        requirePaths(this, "add", paths);
    }

    /** The way of {@code add} and {@code remove} to refuse what is no entry. */
    static void requirePaths(ServerCommand command, String name, List<String> paths) {
        for (String path : paths) {
            PermissionPath entry = new PermissionPath(path);
            entry.fault().ifPresent(fault -> {
                throw command.wrongUsage(
                        fault,
                        entry.corrected()
                                .map(meant -> "Write it as: berth permissions %s %s".formatted(name, meant))
                                .orElse("See berth permissions %s --help.".formatted(name)));
            });
        }
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        JsonNode answer = api.put(PermissionsCommand.pathsOf(env), Json.object().set("paths", Json.texts(paths)));
        print(answer, says(env, answer));
        KnownApis known = KnownApis.load();
        paths.stream()
                .distinct()
                .flatMap(path -> known.note(path).stream())
                .forEach(note -> shell().err().println("note: " + note));
        return ExitCode.OK;
    }

    private static String says(String env, JsonNode answer) {
        String now = answer.path("on").asBoolean() ? "" : ", once it is on: ./berth permissions on";
        return answer.path("changed").isEmpty()
                ? "Nothing new: services of %s may call that already%s.".formatted(env, now)
                : "Services of %s may now call %s%s.".formatted(env, Table.list(answer.path("changed")), now);
    }
}
