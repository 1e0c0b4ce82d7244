package dev.berth.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The list of the commands. Only commands that run the server may load its classes, and only once they run. */
@Command(
        name = "berth",
        header = "Berth 云泊: the WeChat cloud that you can run yourself.",
        description = {
            "",
            "Runs services for wx.cloud.callContainer and cloud functions for wx.cloud.callFunction on this machine,",
            "with or without WeChat.",
            "A command finds the running server by BERTH_DATA, else by the nearest .berth folder upward from here.",
            ""
        },
        versionProvider = BerthVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "First steps:",
            "  ./berth up                       start the platform, with an example",
            "  ./berth deploy ./my-service      deploy a folder",
            "  ./berth call my-service /        call it as a signed-in user",
            "  ./berth deploy ./cloudfunctions  deploy cloud functions",
            "  ./berth invoke sum -d '{\"a\":1}'  call one of them",
            "",
            "Exit codes: 0 done, 1 refused by the server or no server, 2 wrong usage.",
            "More about one command: berth COMMAND --help"
        },
        subcommands = {
            UpCommand.class,
            ServeCommand.class,
            DownCommand.class,
            DeployCommand.class,
            CallCommand.class,
            InvokeCommand.class,
            ServicesCommand.class,
            FunctionsCommand.class,
            VersionsCommand.class,
            InstancesCommand.class,
            ReleaseCommand.class,
            RollbackCommand.class,
            RemoveCommand.class,
            LogsCommand.class,
            CallsCommand.class,
            EventsCommand.class,
            TriggersCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            UsersCommand.class,
            InboxCommand.class,
            FaultsCommand.class,
            JournalCommand.class,
            ClockCommand.class,
            AppsCommand.class,
            EnvsCommand.class,
            GrantCommand.class,
            PermissionsCommand.class,
            ConfigCommand.class,
            WarmUpCommand.class
        })
public final class BerthCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show Berth's version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
