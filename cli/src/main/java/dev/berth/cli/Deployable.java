package dev.berth.cli;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.util.stream.Stream;

/** What a name in a command stands for. */
record Deployable(Kind kind, String environment, String name) {
    enum Kind {
        SERVICE("services", "SERVICE_UNKNOWN"),
        FUNCTION("functions", "FUNCTION_UNKNOWN");

        private final String folder;
        private final String unknown;

        Kind(String folder, String unknown) {
            this.folder = folder;
            this.unknown = unknown;
        }
    }

    /**
     * Asks the server; of two with one name it is the service.
     *
     * @throws BerthException if there is neither
     */
    static Deployable find(ManagementApi api, String environment, String name) {
        return Stream.of(Kind.values())
                .map(kind -> new Deployable(kind, environment, name))
                .filter(candidate -> candidate.isThere(api))
                .findFirst()
                .orElseThrow(() -> new BerthException(new Problem(
                        "NAME_UNKNOWN",
                        "cli",
                        "%s: neither a service nor a function of %s".formatted(name, environment),
                        "See what there is: ./berth services, ./berth functions; in another environment with --env.")));
    }

    boolean isFunction() {
        return kind == Kind.FUNCTION;
    }

    /** Whether there is no such service, but a function of its name; not if the server cannot be asked. */
    boolean isInsteadAFunction(ManagementApi api) {
        try {
            return !isThere(api) && new Deployable(Kind.FUNCTION, environment, name).isThere(api);
        } catch (BerthException refused) {
            return false;
        }
    }

    /** Of the management API. */
    ApiPath path(String... below) {
        return ApiPath.of(Stream.concat(Stream.of("environments", environment, kind.folder, name), Stream.of(below))
                .toArray(String[]::new));
    }

    /** @throws BerthException if the server refuses the name, or does not answer */
    boolean isThere(ManagementApi api) {
        try {
            api.get(path());
            return true;
        } catch (BerthException refused) {
            if (refused.problem().code().equals(kind.unknown)) {
                return false;
            }
            throw refused;
        }
    }
}
