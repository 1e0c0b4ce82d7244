package dev.berth.runtime.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a program gets a mount namespace of its own, by unshare(1). It is made around the supervisor, which does the mounts,
 * and vanishes with the last process in it. What the machine mounts later is seen in there, not the other way round.
 *
 * <p>Root makes it just so. Others need a user namespace to be allowed to, in which the supervisor counts as root; the
 * program runs in a second one, in which it is who it was, without any capability. Users and groups other than the server's
 * look like nobody from there, and programs such as {@code sudo}, which need their set-user-id bit, do not work.
 */
final class MountNamespace {
    /** A step up from the root leads onto what was mounted over it. */
    private static final String COVER_OF_ROOT = "/..";

    private final String unshare;
    private final List<String> become;
    private final List<String> comeBack;

    private MountNamespace(Path unshare, List<String> become, List<String> comeBack) {
        this.unshare = unshare.toString();
        this.become = become;
        this.comeBack = comeBack;
    }

    static MountNamespace ofRoot(Path unshare) {
        return new MountNamespace(unshare, List.of(), List.of());
    }

    static MountNamespace of(OwnIdentity identity, Path unshare) {
        return new MountNamespace(
                unshare,
                List.of("--user", "--map-root-user"),
                List.of("--user", "--map-user=" + identity.uid(), "--map-group=" + identity.gid()));
    }

    /**
     * Commands that take another as arguments.
     *
     * @param supervisor before the supervisor's
     * @param program before the program's
     */
    record Commands(List<String> supervisor, List<String> program) {
        static final Commands NONE = new Commands(List.of(), List.of());
    }

    /** @param ownRoot whether a root of the instance covers that of the machine */
    Commands commands(InstanceFolder folder, boolean ownRoot) {
        var supervisor = new ArrayList<String>();
        supervisor.add(unshare);
        supervisor.addAll(become);
        supervisor.addAll(List.of("--mount", "--propagation", "slave", "--"));
        var program = new ArrayList<String>();
        if (ownRoot) {
            program.addAll(List.of(unshare, "--root=" + COVER_OF_ROOT, "--wd=" + folder.files(), "--"));
        }
        // Not in the same step: who has not gone to the root of the namespace gets no new user namespace.
        if (!comeBack.isEmpty()) {
            program.add(unshare);
            program.addAll(comeBack);
            program.add("--");
        }
        return new Commands(List.copyOf(supervisor), List.copyOf(program));
    }
}
