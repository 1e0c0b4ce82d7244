package dev.berth.runtime.process;

import dev.berth.core.InstanceRuntime.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes down the mounts by which an instance sees its surroundings, as lines of fstab(5), for {@code supervisor.sh}.
 *
 * <p>A mount needs a place, and a path that is asked for usually has none. Nothing is made on the machine for it: the
 * deepest folder on the way that exists is rebuilt for the instance, that is, covered by a folder of the instance that has
 * a mount of each of its entries, and the missing place. Where that is {@code /}, the instance gets a root of its own. What
 * is made or removed directly in a rebuilt folder is the instance's affair, and goes with it; all below is the machine's.
 */
final class InstanceMounts {
    private static final Path ROOT = Path.of("/");
    /** mount(8) leaves out the line of the root, in its usual spelling. */
    private static final Path SPELT_OTHERWISE = Path.of("/.");

    private static final String ONE = "bind";
    private static final String WITH_ALL_BELOW = "rbind";
    /** With all restrictions that the source may have: none can be taken away without being root of the machine. */
    private static final String TO_READ = "bind,ro,nosuid,nodev,noexec";

    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rwxr-xr-x");

    private final InstanceFolder folder;
    /** What covers a folder of the machine. Parents come first. */
    private final Map<Path, Path> rebuilt = new TreeMap<>();

    private final List<String> lines = new ArrayList<>();

    private InstanceMounts(InstanceFolder folder) {
        this.folder = folder;
    }

    /** @return whether the instance has a root of its own: the last mount covers that of the machine */
    static boolean write(InstanceFolder folder, Surroundings surroundings) throws IOException {
        var mounts = new InstanceMounts(folder);
        Files.createDirectory(folder.own());
        mounts.addFiles(surroundings.files());
        mounts.addHosts(surroundings.hosts());
        mounts.protectFiles();
        mounts.coverRoot();
        Files.write(folder.mounts(), mounts.lines);
        return mounts.rebuilt.containsKey(ROOT);
    }

    private void addFiles(Map<Path, Path> files) throws IOException {
        var shown = new ArrayList<ShownFile>();
        for (Map.Entry<Path, Path> file : new TreeMap<>(files).entrySet()) {
            shown.add(ShownFile.of(file.getValue(), file.getKey()));
        }
        for (ShownFile file : shown) {
            if (file.needsPlace()) {
                rebuilt.computeIfAbsent(file.existing(), _ -> folder.own().resolve("folder-" + rebuilt.size()));
            }
        }
        for (Map.Entry<Path, Path> folders : rebuilt.entrySet()) {
            rebuild(folders.getKey(), folders.getValue());
        }
        for (ShownFile file : shown) {
            Path cover = rebuilt.get(file.existing());
            if (file.needsPlace() && cover != null) {
                Path place = cover.resolve(file.existing().relativize(file.place()));
                makePlace(place, file.source());
                openTo(place.resolveSibling(""), cover);
            }
            mount(file.source(), withinRoot(file.place()), TO_READ);
        }
        for (Map.Entry<Path, Path> folders : rebuilt.entrySet()) {
            Files.setPosixFilePermissions(folders.getValue(), Files.getPosixFilePermissions(folders.getKey()));
        }
    }

    private void addHosts(Map<String, String> hosts) throws IOException {
        if (!hosts.isEmpty()) {
            HostsFile.write(folder.hosts(), hosts);
            mount(folder.hosts(), withinRoot(HostsFile.OF_MACHINE.toRealPath()), ONE);
        }
    }

    /** Not those of a copy, which is the instance's own. */
    private void protectFiles() throws IOException {
        if (folder.hasCopy()) {
            return;
        }
        protect(folder.files());
        for (Path shared : linkedFolders()) {
            protect(shared);
        }
    }

    private void protect(Path files) throws IOException {
        mount(files, withinRoot(files), Restrictions.toRunOnly(files));
    }

    /** Folders elsewhere that the files have by a link, such as modules that several versions share. */
    private Set<Path> linkedFolders() throws IOException {
        Path files = folder.files().toRealPath();
        Set<Path> folders = new TreeSet<>();
        try (Stream<Path> entries = Files.list(files)) {
            for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
                if (Files.isDirectory(link) && !link.toRealPath().startsWith(files)) {
                    folders.add(link.toRealPath());
                }
            }
        }
        return folders;
    }

    private void coverRoot() {
        Path root = rebuilt.get(ROOT);
        if (root != null) {
            mount(root, SPELT_OTHERWISE, WITH_ALL_BELOW);
        }
    }

    private void rebuild(Path existing, Path cover) throws IOException {
        Files.createDirectory(cover);
        for (Path entry : entries(existing)) {
            Path place = cover.resolve(existing.relativize(entry));
            if (Files.isSymbolicLink(entry)) {
                Files.createSymbolicLink(place, Files.readSymbolicLink(entry));
            } else {
                makePlace(place, entry);
                mount(entry, place, WITH_ALL_BELOW);
            }
        }
        if (!existing.equals(ROOT)) {
            mount(cover, withinRoot(existing), WITH_ALL_BELOW);
        }
    }

    /** The one that holds this very folder comes first, or the mounts before it would be seen in it once more. */
    private List<Path> entries(Path existing) throws IOException {
        try (Stream<Path> entries = Files.list(existing)) {
            return entries.filter(entry -> Files.exists(entry, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(entry -> !folder.own().startsWith(entry)))
                    .toList();
        }
    }

    private static void makePlace(Path place, Path source) throws IOException {
        if (Files.isDirectory(source)) {
            Files.createDirectories(place);
        } else {
            Files.createDirectories(place.resolveSibling(""));
            Files.createFile(place);
        }
    }

    /** Also for programs that go on as another user, whatever the umask. */
    private static void openTo(Path made, Path cover) throws IOException {
        for (Path it = made; !it.equals(cover); it = it.resolveSibling("")) {
            Files.setPosixFilePermissions(it, FOR_ALL);
        }
    }

    /** Where a path is until the instance's own root, if it has one, covers the machine's. */
    private Path withinRoot(Path path) {
        Path root = rebuilt.get(ROOT);
        return root == null ? path : root.resolve(ROOT.relativize(path));
    }

    private void mount(Path source, Path place, String how) {
        lines.add("%s %s none %s 0 0".formatted(field(source), field(place), how));
    }

    private static String field(Path path) {
        return path.toString()
                .codePoints()
                .mapToObj(c -> c <= ' ' || c == '\\' ? "\\%03o".formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}
