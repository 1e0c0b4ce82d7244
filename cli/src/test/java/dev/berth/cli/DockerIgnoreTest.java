package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.BerthException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerIgnoreTest {

    /** The lines of a .dockerignore are separated by a blank. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    node_modules            | node_modules/a/b.js  | true
                    node_modules            | sub/node_modules/a   | false
                    /node_modules/          | node_modules/a       | true
                    ./dist                  | dist/x               | true
                    **/node_modules         | sub/node_modules/a   | true
                    **/node_modules         | node_modules         | true
                    *.log                   | a.log                | true
                    *.log                   | sub/a.log            | false
                    */*.log                 | sub/a.log            | true
                    **/*.log                | a/b/c.log            | true
                    **/*.log                | c.log                | true
                    a/**                    | a/b/c                | true
                    a/**/z                  | a/z                  | true
                    a/**/z                  | a/b/c/z              | true
                    a/**/z                  | a/bz                 | false
                    file?                   | file1                | true
                    file?                   | file                 | false
                    file?                   | dir/file1            | false
                    [a-c].txt               | b.txt                | true
                    [a-c].txt               | d.txt                | false
                    a.b                     | axb                  | false
                    a+b                     | a+b                  | true
                    \\*                     | *                    | true
                    \\*                     | x                    | false
                    *.md !README.md         | README.md            | false
                    *.md !README.md         | other.md             | true
                    !README.md *.md         | README.md            | true
                    docs !docs/keep         | docs/keep/a          | false
                    docs !docs/keep         | docs/drop            | true
                    #a                      | #a                   | false
                    / . !                   | a                    | false
                    * !src                  | src/Main.java        | false
                    * !src                  | pom.xml              | true
                    *                       | Dockerfile           | false
                    *                       | package.json         | false
                    **                      | sub/package.json     | true
                    a/../b                  | b/c                  | true
                    文档                    | 文档/一.md           | true
                    """)
    void decidesAsDockerDoes(String lines, String path, boolean ignored) {
        assertThat(DockerIgnore.of(lines.replace(' ', '\n')).ignores(path)).isEqualTo(ignored);
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNotMatter() {
        assertThat(DockerIgnore.of("\uFEFFdist\r\ntmp\r\n").ignores("dist/a")).isTrue();
        assertThat(DockerIgnore.of("\uFEFFdist\r\ntmp\r\n").ignores("tmp")).isTrue();
    }

    @Test
    void aMalformedPatternIsNamed() {
        assertThatThrownBy(() -> DockerIgnore.of("ok\n[z-a]"))
                .isInstanceOf(BerthException.class)
                .hasMessageContaining(".dockerignore: [z-a]");
    }
}
