package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import dev.berth.core.Names;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deploy",
        header = "Deploy a folder as a new version of a service, or cloud functions.",
        description = {
            "",
            "A service: a folder that says how it is started, by --command, else the Dockerfile's CMD or ENTRYPOINT, else "
                    + "npm start, else the runnable jar. It is to listen on $PORT; one that ignores it takes --port.",
            "Cloud functions: a cloudfunctions folder, one folder below it, or a project with cloudfunctionRoot in its "
                    + "project.config.json. Each function goes by the name of its folder, and has what its config.json says.",
            "What is sent: the folder without .git, .berth and what .dockerignore names. Of a function whose package.json "
                    + "has dependencies, the server installs them instead.",
            "A folder that did not change makes no new version.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth deploy ./whoami",
            "  berth deploy ./whoami --release gray --weight 20",
            "  berth deploy . --name api --set LOG_LEVEL=debug --idle 1s",
            "  berth deploy ./api --min 1 --max 3",
            "  berth deploy ./legacy --port 8080 --command 'python3 app.py' --access MINIAPP,PUBLIC",
            "  berth deploy ./cloudfunctions",
            "  berth deploy ./cloudfunctions/sum --timeout 20s --memory 512",
            "  berth deploy ./sum --function"
        })
final class DeployCommand extends ServerCommand {
    @Parameters(paramLabel = "PATH", description = "The folder.")
    private Path folder = Path.of("");

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--name", description = "The service or function (default: the folder's name).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--set", paramLabel = "K=V", description = "An environment variable; repeatable.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--no-install", description = "Do not run npm ci or the like on the server.")
    private boolean noInstall;

    @ArgGroup(validate = false, heading = "Of a service:%n", order = 1)
    private ServiceOptions service = new ServiceOptions();

    @ArgGroup(validate = false, heading = "Of cloud functions:%n", order = 2)
    private FunctionOptions function = new FunctionOptions();

    DeployCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (!Files.isDirectory(source())) {
            throw wrongUsage(
                    Files.exists(source())
                            ? "%s is not a folder (expected: the folder of a service, or of functions)"
                                    .formatted(source())
                            : "%s does not exist (expected: the folder of a service, or of functions)"
                                    .formatted(source()),
                    "For example: berth deploy ./my-service");
        }
        try {
            if (functions().isPresent()) {
                refuse(
                        ServiceOptions.NAMES,
                        "a service, and PATH is not one",
                        "Functions take --timeout and --memory.");
                function.check(this);
            } else {
                refuse(FunctionOptions.NAMES, "a function, and PATH is not one", "If it is one, add --function.");
                service.check(this);
                Names.requireServiceName(service());
            }
        } catch (BerthException unsuitable) {
            throw wrongUsage(
                    unsuitable.problem().message(), unsuitable.problem().hint());
        }
    }

    private void refuse(List<String> options, String owner, String hint) {
        for (String option : options) {
            if (isGiven(option)) {
                throw wrongUsage("%s: an option of %s (expected: without it)".formatted(option, owner), hint);
            }
        }
    }

    @Override
    int run(ManagementApi api) {
        String env = environment.in(api);
        Optional<FunctionFolders> functions = functions();
        if (functions.isEmpty()) {
            return deployService(api, env);
        }
        api.get(ApiPath.of("environments", env, "functions"));
        FunctionUpload upload =
                new FunctionUpload(api, env, versions -> withVariables(function.on(versions)), noInstall);
        return new FunctionDeployments(shell(), upload, json()).run(functions.get());
    }

    private int deployService(ManagementApi api, String env) {
        List<FolderEntry> entries = FolderListing.of(source());
        // A refusal of the token or the environment comes before the folder is sent, not into the middle of it.
        api.get(ApiPath.of("environments", env, "services"));
        ApiPath versions = new Deployable(Deployable.Kind.SERVICE, env, service())
                .path("versions")
                .with("install", Boolean.toString(!noInstall));
        JsonNode event = new Deployment(api, this::progress).send(withVariables(service.on(versions)), entries);
        JsonNode deployed = event.path("deployed");
        String version = deployed.path("version").asText();
        String sentence = deployed.path("changed").asBoolean()
                ? "%s deployed (%s, from %s)"
                        .formatted(
                                version,
                                deployed.path("launch").asText(),
                                deployed.path("origin").asText())
                : "unchanged: still " + version;
        return print(event, sentence);
    }

    private void progress(String line) {
        if (!json()) {
            shell().out().println(line);
        }
    }

    private ApiPath withVariables(ApiPath versions) {
        ApiPath path = versions;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            path = path.with("env", variable.getKey() + "=" + variable.getValue());
        }
        return path;
    }

    private Optional<FunctionFolders> functions() {
        return FunctionFolders.find(source(), function.forced(), name);
    }

    private String service() {
        return name.orElseGet(() -> {
            Path last = source().getFileName();
            return last == null ? "" : last.toString();
        });
    }

    private Path source() {
        return shell().folder().resolve(folder).normalize();
    }
}
