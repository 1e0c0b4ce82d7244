package dev.berth.runtime.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a mount of files must forbid besides writing: none of it can be allowed anew without being root of the machine. */
final class Restrictions {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");
    private static final int PLACE = 4;
    private static final int OPTIONS = 5;

    private Restrictions() {}

    /** Options for mount(8) by which programs there can be read and run; run only where the machine lets them. */
    static String toRunOnly(Path files) throws IOException {
        String mounts = new String(Files.readAllBytes(MOUNTS), UTF_8);
        return "bind,ro,nosuid,nodev" + (forbidsPrograms(files, mounts) ? ",noexec" : "");
    }

    /** @param mounts proc_pid_mountinfo(5) */
    static boolean forbidsPrograms(Path files, String mounts) {
        return mounts.lines()
                .map(line -> List.of(line.split(" ", -1)))
                .filter(mount -> mount.size() > OPTIONS && files.startsWith(place(mount)))
                .reduce((above, below) ->
                        place(below).getNameCount() >= place(above).getNameCount() ? below : above)
                .filter(mount -> List.of(mount.get(OPTIONS).split(",", -1)).contains("noexec"))
                .isPresent();
    }

    private static Path place(List<String> mount) {
        return Path.of(ESCAPE.matcher(mount.get(PLACE))
                .replaceAll(
                        octal -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(octal.group(1), 8)))));
    }
}
