package dev.berth.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** By which the kernel lets others than root mount. */
final class UserNamespaces {
    private static final Path SETTINGS = Path.of("/proc/sys");

    private UserNamespaces() {}

    /** The setting of this machine that forbids them, for people. */
    static Optional<String> switchedOff() {
        return Stream.of(
                        "kernel.apparmor_restrict_unprivileged_userns=1",
                        "kernel.unprivileged_userns_clone=0",
                        "user.max_user_namespaces=0")
                .filter(UserNamespaces::holds)
                .findFirst()
                .map("unprivileged user namespaces are switched off (%s)"::formatted);
    }

    private static boolean holds(String setting) {
        String[] part = setting.split("=", 2);
        try {
            return Files.readString(SETTINGS.resolve(part[0].replace('.', '/')))
                    .strip()
                    .equals(part[1]);
        } catch (IOException noSuchSetting) {
            return false;
        }
    }
}
