package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleRecipeTest {
    @TempDir
    Path temp;

    private final NpmSurroundings plain = new NpmSurroundings("node", Map.of("HOME", "/nonexistent"));
    private int folders;

    private String key(String... namesAndContents) throws IOException {
        return key(plain, namesAndContents);
    }

    private String key(NpmSurroundings surroundings, String... namesAndContents) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("f" + folders++));
        for (int i = 0; i < namesAndContents.length; i += 2) {
            Files.writeString(folder.resolve(namesAndContents[i]), namesAndContents[i + 1]);
        }
        return ModuleRecipe.of(folder).key(surroundings);
    }

    @Test
    void onlyWhatMattersToNpmMatters() throws Exception {
        String key = key("package.json", "{\"name\":\"a\",\"dependencies\":{\"x\":\"1\"}}");
        assertThat(key).matches("[0-9a-f]{64}");
        assertThat(key("package.json", """
                        {"name": "b", "version": "2", "main": "index.js", "scripts": {"test": "jest"},
                         "devDependencies": {"jest": "29"}, "dependencies": {"x": "1"}}
                        """, "index.js", "code", "config.json", "{}"))
                .isEqualTo(key);
        assertThat(key("package.json", "{\"dependencies\":{\"x\":\"2\"}}")).isNotEqualTo(key);
        assertThat(key("package.json", "{\"dependencies\":{\"x\":\"1\"},\"overrides\":{\"y\":\"1\"}}"))
                .isNotEqualTo(key);
        assertThat(key("package.json", "{\"dependencies\":{\"x\":\"1\"}}", ".npmrc", "legacy-peer-deps=true"))
                .isNotEqualTo(key);
    }

    @Test
    void aLockMattersExceptForTheNameInIt() throws Exception {
        String packages = "{\"dependencies\":{\"x\":\"1\"}}";
        String lock = """
                {"name": "a", "version": "1.0.0", "lockfileVersion": 3,
                 "packages": {"": {"name": "a", "version": "1.0.0", "dependencies": {"x": "1"}},
                 "node_modules/x": {"version": "1.0.0"}}}
                """;
        String key = key("package.json", packages, "package-lock.json", lock);
        assertThat(key("package.json", packages, "package-lock.json", lock.replace("\"a\"", "\"b\"")))
                .isEqualTo(key);
        assertThat(key("package.json", packages, "package-lock.json", lock.replace("\"x\": {\"v", "\"y\": {\"v")))
                .isNotEqualTo(key("package.json", packages));
        assertThat(key(
                        "package.json",
                        packages,
                        "package-lock.json",
                        lock.replace("{\"version\": \"1.0.0\"", "{\"version\": \"1.0.1\"")))
                .isNotEqualTo(key);
        assertThat(key("package.json", packages)).isNotEqualTo(key);
        assertThat(key("package.json", packages, "npm-shrinkwrap.json", lock)).isNotEqualTo(key);
    }

    @Test
    void whatNpmComparesWithTheLockIsKept() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("locked"));
        Files.writeString(folder.resolve("package.json"), "{\"devDependencies\":{\"jest\":\"29\"}}");
        Files.writeString(folder.resolve("package-lock.json"), "not JSON: for npm to say");
        assertThat(ModuleRecipe.of(folder).files())
                .isEqualTo(Map.of(
                        "package.json", "{\"devDependencies\":{\"jest\":\"29\"}}",
                        "package-lock.json", "not JSON: for npm to say"));
    }

    @Test
    void theSurroundingsMatter() throws Exception {
        String packages = "{\"dependencies\":{\"x\":\"1\"}}";
        String key = key("package.json", packages);
        NpmSurroundings omitting =
                new NpmSurroundings("node", Map.of("HOME", "/nonexistent", "NPM_CONFIG_OMIT", "optional"));
        assertThat(key(omitting, "package.json", packages)).isNotEqualTo(key);
        Files.writeString(temp.resolve(".npmrc"), "engine-strict=true");
        NpmSurroundings configured = new NpmSurroundings("node", Map.of("HOME", temp.toString()));
        assertThat(key(configured, "package.json", packages)).isNotEqualTo(key);
        NpmSurroundings indifferent = new NpmSurroundings("node", Map.of("HOME", "/nonexistent", "LANG", "C"));
        assertThat(key(indifferent, "package.json", packages)).isEqualTo(key);

        Path node = temp.resolve("newer-node");
        Files.writeString(node, "#!/bin/sh\necho 999-linux-x64\n");
        Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwx------"));
        NpmSurroundings newer = new NpmSurroundings(node.toString(), Map.of("HOME", "/nonexistent"));
        assertThat(key(newer, "package.json", packages)).isNotEqualTo(key);
    }
}
