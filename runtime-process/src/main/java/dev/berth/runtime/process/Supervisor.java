package dev.berth.runtime.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The small shell that stands between the server and one program; see {@code supervisor.sh}. */
final class Supervisor {
    static final String SCRIPT = "supervisor.sh";
    /** So many words after the script stands the folder of the instance in the command line of a supervisor. */
    static final int FOLDER_ARGUMENT = 3;

    /** A shell drops variables with other names, such as {@code spring.profiles.active}, from the environment. */
    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** How many of those there are; {@code _berth_odd_1} and so on hold {@code name=value}. */
    private static final String ODD = "_berth_odd";

    private final Process process;
    private final InstanceFolder folder;
    private volatile long programPid;

    private Supervisor(Process process, InstanceFolder folder) {
        this.process = process;
        this.folder = folder;
    }

    /** What starts supervisors: the shell, the script and setsid. */
    record Script(Path shell, Path file, Path setsid) {
        static Script install(Path instancesFolder) throws IOException {
            Path file = instancesFolder.resolve(SCRIPT);
            try (InputStream script = Supervisor.class.getResourceAsStream(SCRIPT)) {
                if (script == null) {
                    throw new IllegalStateException(SCRIPT + " is missing in the module");
                }
                Files.copy(script, file);
            }
            return new Script(onServer("sh"), file, onServer("setsid"));
        }

        static Optional<Path> find(String name) {
            return Program.find(name, Path.of("/"), InstanceEnvironment.pathOfServer());
        }

        private static Path onServer(String name) {
            return find(name)
                    .orElseThrow(() -> StartProblem.startFailed(
                            "`%s` was not found in PATH=%s".formatted(name, InstanceEnvironment.pathOfServer()),
                            "install util-linux, dash or busybox"));
        }

        Supervisor start(
                List<String> program,
                Map<String, String> environment,
                InstanceFolder folder,
                MountNamespace.Commands namespace)
                throws IOException {
            var command = new ArrayList<>(namespace.supervisor());
            Stream.of(shell, file, folder.pid(), setsid, folder.root())
                    .map(Path::toString)
                    .forEach(command::add);
            command.add(String.valueOf(ProcessHandle.current().pid()));
            command.addAll(namespace.program());
            command.addAll(program);
            var builder = new ProcessBuilder(command)
                    .directory(folder.files().toFile())
                    .redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(forShell(environment));
            Descriptors.require();
            return new Supervisor(builder.start(), folder);
        }

        /** Names that a shell drops go within others, and never on a command line: everybody on the machine can read those. */
        private static Map<String, String> forShell(Map<String, String> environment) {
            var kept = new LinkedHashMap<String, String>();
            int odd = 0;
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                if (SHELL_NAME.matcher(variable.getKey()).matches()) {
                    kept.put(variable.getKey(), variable.getValue());
                } else {
                    odd++;
                    kept.put(ODD + "_" + odd, variable.getKey() + "=" + variable.getValue());
                }
            }
            if (odd > 0) {
                kept.put(ODD, String.valueOf(odd));
            }
            return kept;
        }
    }

    /** Process, session and group id of the program; empty for a moment after the start, and if it could not start. */
    OptionalLong programPid() {
        if (programPid == 0) {
            try {
                String line = Files.readString(folder.pid()).strip();
                programPid = line.isEmpty() ? 0 : Long.parseLong(line);
            } catch (IOException notYet) {
                return OptionalLong.empty();
            }
        }
        return programPid == 0 ? OptionalLong.empty() : OptionalLong.of(programPid);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    InputStream output() {
        return process.getInputStream();
    }

    /** Has an effect once: the pipe is closed then. */
    void stop(Duration grace) {
        try (Writer pipe = process.outputWriter(StandardCharsets.US_ASCII)) {
            pipe.write("stop " + BigDecimal.valueOf(grace.toMillis(), 3).toPlainString() + "\n");
        } catch (IOException ended) {
            // It is what was asked for.
        }
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }
}
