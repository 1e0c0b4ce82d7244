package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        file("index.js", "");
        file("node_modules/wx-server-sdk/index.js", "");
        file("lib/node_modules/vendored.js", "");
        Files.createSymbolicLink(folder.resolve("node_modules/linked"), Path.of("/"));
    }

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }

    private List<String> sent(boolean noInstall) {
        return new FunctionFolder("sum", folder)
                .entries(noInstall).stream().map(FolderEntry::name).toList();
    }

    @Test
    void installedModulesStayAtHomeWhereTheServerInstallsThem() throws Exception {
        file("package.json", "{\"dependencies\":{\"wx-server-sdk\":\"*\"}}");
        file(".dockerignore", "*.md");
        file("README.md", "");
        assertThat(sent(false))
                .containsExactly(
                        ".dockerignore",
                        "index.js",
                        "lib",
                        "lib/node_modules",
                        "lib/node_modules/vendored.js",
                        "package.json");
    }

    @Test
    void theyAreSentWhereNothingIsInstalled() throws Exception {
        Files.delete(folder.resolve("node_modules/linked"));
        assertThat(sent(false)).as("no package.json").contains("node_modules/wx-server-sdk/index.js");
        file("package.json", "{\"devDependencies\":{\"jest\":\"*\"}}");
        assertThat(sent(false)).as("no dependencies").contains("node_modules/wx-server-sdk/index.js");
        file("package.json", "{\"dependencies\":{\"wx-server-sdk\":\"*\"}}");
        assertThat(sent(true)).as("--no-install").contains("node_modules/wx-server-sdk/index.js");
        file("config.json", "{\"installDependency\":false}");
        assertThat(sent(false)).as("installDependency").contains("node_modules/wx-server-sdk/index.js");
    }

    @Test
    void aPackageJsonThatCannotBeReadIsRefusedHere() throws Exception {
        file("package.json", "{");
        assertThatThrownBy(() -> sent(false))
                .isInstanceOf(BerthException.class)
                .hasMessageContaining("package.json, line 1");
    }
}
