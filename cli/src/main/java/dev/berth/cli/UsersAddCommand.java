package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        header = "Add a person to the simulated WeChat.",
        description = {"", "The openid follows from the name and the app, so it is the same on every machine.", ""},
        footer = {
            "",
            "Examples:",
            "  berth users add carol",
            "  berth users add carol --nickname 小红 --phone 13800138000"
        })
final class UsersAddCommand extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits, _ and -; first a letter.")
    private String name = "";

    @Option(names = "--nickname", paramLabel = "TEXT", description = "As shown in WeChat.")
    private Optional<String> nickname = Optional.empty();

    @Option(names = "--phone", paramLabel = "NUMBER", description = "5 to 20 digits.")
    private Optional<String> phone = Optional.empty();

    UsersAddCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(ManagementApi api) {
        ObjectNode user = Json.object().put("name", name);
        nickname.ifPresent(text -> user.put("nickname", text));
        phone.ifPresent(number -> user.put("phone", number));
        JsonNode added = api.post(ApiPath.of("users"), user);
        return print(
                added, "%s added. Call as this user with: ./berth call SERVICE PATH --as %s".formatted(name, name));
    }
}
