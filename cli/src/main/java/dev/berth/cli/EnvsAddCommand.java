package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        header = "Add an environment to an app.",
        description = {"", "Services in it can be called by this app, and by apps that are granted to.", ""},
        footer = {"", "Example:", "  berth envs add prod-02 --app wx2222222222222222"})
final class EnvsAddCommand extends ServerCommand {
    @Parameters(paramLabel = "ID", description = "Such as prod-02.")
    private String id = "";

    @Option(names = "--app", required = true, paramLabel = "APPID", description = "The app that owns it.")
    private String app = "";

    EnvsAddCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        JsonNode added = api.put(ApiPath.of("environments", id), Json.object().put("app", app));
        return print(added, "%s added. Deploy into it with: ./berth deploy PATH --env %s".formatted(id, id));
    }
}
