package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.BerthException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        header = "Look whether this machine has what Berth needs, and say what to do.",
        description = {
            "",
            "✓ fine, ! works but may surprise, ✗ Berth does not work with this. Changes nothing; needs no running server, and "
                    + "looks at the one that runs here, if one does. Exits with 1 if there is a ✗.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth doctor",
            "  berth doctor --json | jq '.checks[] | select(.state != \"fine\")'"
        })
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON, one value a line, for programs.")
    private boolean json;

    private final Shell shell;
    private final Machine machine;

    DoctorCommand(Shell shell) {
        this(shell, new ThisMachine());
    }

    DoctorCommand(Shell shell, Machine machine) {
        this.shell = shell;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        List<Finding> findings =
                checks().stream().flatMap(check -> check.look().stream()).toList();
        boolean usable = findings.stream().noneMatch(finding -> finding.state() == Finding.State.PROBLEM);
        if (json) {
            shell.out().println(json(findings, usable));
        } else {
            findings.forEach(this::print);
            shell.out().println(sum(findings));
        }
        return usable ? ExitCode.OK : ExitCode.REFUSED;
    }

    private List<Check> checks() {
        Optional<RunningServer> server = server();
        SystemChecks system = new SystemChecks(machine);
        ProgramChecks programs = new ProgramChecks(machine);
        NetworkChecks network = new NetworkChecks(machine, shell.environment(), server);
        DataChecks data =
                new DataChecks(machine, server.map(RunningServer::data).orElseGet(() -> DataChecks.folderOf(shell)));
        return List.of(
                system::kernel,
                programs::java,
                programs::node,
                system::limits,
                system::language,
                system::clock,
                network::loopback,
                network::ports,
                network::proxies,
                data::owner,
                data::secrets,
                data::disk,
                new CloudCallChecks(machine)::all,
                new ServerChecks(machine, server, BerthVersion.number())::all,
                programs::isolation);
    }

    /** A description that nobody can read is as good as none, for the next start writes a new one. */
    private Optional<RunningServer> server() {
        try {
            return RunningServer.find(shell);
        } catch (BerthException invalid) {
            return Optional.empty();
        }
    }

    private void print(Finding finding) {
        shell.out().println("%s %-15s %s".formatted(finding.state().mark(), finding.name(), finding.says()));
        if (!finding.todo().isEmpty()) {
            shell.out().println("  → " + finding.todo());
        }
    }

    private static String sum(List<Finding> findings) {
        long problems = count(findings, Finding.State.PROBLEM);
        long warnings = count(findings, Finding.State.WARNING);
        if (problems > 0) {
            return "%nBerth does not work here yet: %d to mend, marked with ✗.".formatted(problems);
        }
        return warnings > 0
                ? "%nBerth works here; %d to look at, marked with !.".formatted(warnings)
                : "%nEverything that Berth needs is here.".formatted();
    }

    private static long count(List<Finding> findings, Finding.State state) {
        return findings.stream().filter(finding -> finding.state() == state).count();
    }

    private static ObjectNode json(List<Finding> findings, boolean usable) {
        ObjectNode answer = Json.object().put("usable", usable);
        ArrayNode checks = answer.putArray("checks");
        for (Finding finding : findings) {
            ObjectNode check = checks.addObject()
                    .put("name", finding.name())
                    .put("state", finding.state().name().toLowerCase(Locale.ROOT))
                    .put("says", finding.says());
            if (!finding.todo().isEmpty()) {
                check.put("todo", finding.todo());
            }
        }
        return answer;
    }
}
