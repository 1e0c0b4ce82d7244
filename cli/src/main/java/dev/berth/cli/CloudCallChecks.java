package dev.berth.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this machine allows for {@code http://api.weixin.qq.com} inside instances (OA-1). Without it only clients that obey
 * the variables for proxies reach WeChat there.
 */
record CloudCallChecks(Machine machine) {
    /** Of the network of loopback from which instances get theirs; none has this one. */
    private static final String ADDRESS = "127.77.0.1";

    private static final int HTTP = 80;
    private static final String OTHERWISE = "so cloud call works only for HTTP clients that obey http_proxy";

    /** Settings of the kernel that forbid user namespaces, and what allows them. */
    private enum Setting {
        APPARMOR("kernel.apparmor_restrict_unprivileged_userns", "1", "0"),
        CLONE("kernel.unprivileged_userns_clone", "0", "1"),
        MOST("user.max_user_namespaces", "0", "10000");

        private final String name;
        private final String forbids;
        private final String allows;

        Setting(String name, String forbids, String allows) {
            this.name = name;
            this.forbids = forbids;
            this.allows = allows;
        }

        boolean holds(Machine machine) {
            return machine.read("/proc/sys/" + name.replace('.', '/')).equals(Optional.of(forbids));
        }
    }

    List<Finding> all() {
        return List.of(hostsFile(), lowPort());
    }

    private Finding hostsFile() {
        if (machine.run("unshare", "--version").isEmpty()) {
            return Finding.warning(
                    "Own hosts file",
                    "there is no unshare in PATH, " + OTHERWISE,
                    "Install it: it comes with util-linux.");
        }
        Optional<String> tried = machine.property("user.name").equals("root")
                ? machine.run("unshare", "--mount", "true")
                : machine.run("unshare", "--user", "--map-root-user", "--mount", "true");
        return tried.isPresent()
                ? Finding.fine("Own hosts file", "instances can have one (unshare)")
                : Finding.warning("Own hosts file", "unshare is not allowed to give one, " + OTHERWISE, allowing());
    }

    private String allowing() {
        return Stream.of(Setting.values())
                .filter(setting -> setting.holds(machine))
                .findFirst()
                .map(setting -> "Allow user namespaces: sudo sysctl -w %s=%s".formatted(setting.name, setting.allows))
                .orElse(
                        "In a container it needs --cap-add SYS_ADMIN; elsewhere ask who runs this machine for user namespaces.");
    }

    private Finding lowPort() {
        return machine.faultOfListening(ADDRESS, HTTP)
                .map(
                        fault -> Finding.warning(
                                "Port 80",
                                "%s:%d cannot be had (%s), %s".formatted(ADDRESS, HTTP, fault, OTHERWISE),
                                fault.toLowerCase(Locale.ROOT).contains("permission")
                                        ? "Let programs have low ports: sudo sysctl -w net.ipv4.ip_unprivileged_port_start=80"
                                        : "End the program that listens on port 80 of all addresses, or let it listen on one address only."))
                .orElseGet(() -> Finding.fine("Port 80", "free on %s".formatted(ADDRESS)));
    }
}
