package dev.berth.acceptance;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which pages there are. */
final class Documentation {
    private static final Set<String> NOT_OURS = Set.of("node_modules", "target", "dist", ".git", ".build", ".berth");

    private Documentation() {}

    /** All Markdown files of the repository, relative to it. */
    static List<Path> all() {
        List<Path> pages = new ArrayList<>();
        try {
            Files.walkFileTree(Folder.ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        pages.add(Folder.ROOT.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return pages.stream().sorted().toList();
    }

    /** For who uses Berth, in English: the pages whose commands are executed. */
    static List<Path> forUsers() {
        return all().stream().filter(Documentation::isForUsers).toList();
    }

    /** Those that exist in Chinese, too. */
    static List<Path> translated() {
        return forUsers().stream()
                .filter(page -> !page.startsWith("client-js")) // has both languages in one file
                .toList();
    }

    /** Where the same stands in Chinese. */
    static Path chinese(Path english) {
        return english.startsWith("docs/guide/en")
                ? Path.of("docs/guide/zh").resolve(english.getFileName())
                : english.resolveSibling(english.getFileName().toString().replace(".md", ".zh-CN.md"));
    }

    private static boolean isForUsers(Path page) {
        boolean guide = page.startsWith("docs/guide") && !page.startsWith("docs/guide/zh");
        boolean readme = page.endsWith("README.md") && (page.getNameCount() == 1 || page.startsWith("examples"));
        boolean clientJs = page.equals(Path.of("client-js/README.md"));
        boolean compatibility = page.equals(Path.of("docs/compatibility.md"));
        return (guide || readme || clientJs || compatibility)
                && !page.toString().endsWith(".zh-CN.md");
    }
}
