package dev.berth.hosting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@link Dockerfile} read for a program that runs without its container: paths below {@code WORKDIR} become paths in
 * the working folder. {@code EXPOSE} is not a fixed port, because a plain process gets a free one in {@code PORT}.
 */
final class DockerfileLaunch {
    /** Of the container, not of the machine; a free port replaces the last two. */
    private static final Set<String> NOT_TAKEN = Set.of("PATH", "HOME", "TMPDIR", "PORT", "SERVER_PORT");

    private final Path folder;
    private final Dockerfile dockerfile;

    private DockerfileLaunch(Path folder, Dockerfile dockerfile) {
        this.folder = folder;
        this.dockerfile = dockerfile;
    }

    static Optional<DockerfileLaunch> read(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return Optional.of(new DockerfileLaunch(folder, Dockerfile.parse(text)));
    }

    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        dockerfile.variables().forEach((name, value) -> {
            if (!NOT_TAKEN.contains(name)) {
                variables.put(name, inWorkingFolder(value));
            }
        });
        return variables;
    }

    List<String> command() {
        List<String> command = dockerfile.command();
        boolean shell = command.size() == 3 && command.get(1).equals("-c");
        return shell
                ? List.of(command.get(0), "-c", inWorkingFolderWithin(command.get(2)))
                : command.stream().map(this::inWorkingFolder).toList();
    }

    /** A program or jar of the command that is not there, because only the build of the image would make it. */
    Optional<String> missingFile() {
        List<String> command = command();
        for (int i = 0; i < command.size(); i++) {
            boolean program = i == 0 && command.get(0).contains("/");
            boolean jar = i > 0 && command.get(i - 1).equals("-jar");
            if ((program || jar) && !Files.exists(folder.resolve(command.get(i)))) {
                return Optional.of(command.get(i));
            }
        }
        return Optional.empty();
    }

    private String inWorkingFolder(String path) {
        String workdir = dockerfile.workdir();
        if (workdir.equals("/")) {
            return path;
        }
        if (path.equals(workdir) || path.equals(workdir + "/")) {
            return ".";
        }
        return path.startsWith(workdir + "/") ? "." + path.substring(workdir.length()) : path;
    }

    private String inWorkingFolderWithin(String shellLine) {
        String workdir = dockerfile.workdir();
        if (workdir.equals("/")) {
            return shellLine;
        }
        Pattern start = Pattern.compile("(?<![^\\s\"'=;&|(])" + Pattern.quote(workdir) + "(?=/|\\s|[\"';&|)]|$)");
        return start.matcher(shellLine).replaceAll(Matcher.quoteReplacement("."));
    }
}
