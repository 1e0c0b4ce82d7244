package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchFinderTest {
    @TempDir
    Path folder;

    private LaunchFolder service;

    @BeforeEach
    void open() {
        service = new LaunchFolder(folder);
    }

    @Test
    void aCommandWinsOverAll() throws Exception {
        service.with("Dockerfile", "FROM node\nENV MODE=x\nCMD [\"node\", \"a.js\"]")
                .with("package.json", "{}");
        Launch launch = LaunchFinder.find(
                folder, ContainerConfig.NONE, Optional.of("python3 -m http.server $PORT"), OptionalInt.of(8000));
        assertThat(launch.command()).containsExactly("sh", "-c", "python3 -m http.server $PORT");
        assertThat(launch.origin()).isEqualTo("--command");
        assertThat(launch.port()).hasValue(8000);
        assertThat(launch.variables()).isEqualTo(Map.of("MODE", "x"));
    }

    /** The official template wxcloudrun-express. */
    @Test
    void pathsBelowTheWorkdirAreMapped() throws Exception {
        service.with("Dockerfile", """
                FROM node
                ENV NODE_PATH=/app/lib DATA=/application CONFIG=/app
                WORKDIR /app
                ENTRYPOINT ["node"]
                CMD ["/app/server.js", "--root", "/app", "/apple", "--x=/app/y"]
                """);
        assertThat(service.find().command())
                .containsExactly("node", "./server.js", "--root", ".", "/apple", "--x=/app/y");
        assertThat(service.find().variables())
                .isEqualTo(Map.of("NODE_PATH", "./lib", "DATA", "/application", "CONFIG", "."));
    }

    @Test
    void pathsInAShellLineAreMapped() throws Exception {
        service.with(
                "Dockerfile",
                "FROM x\nWORKDIR /app\nCMD cd /app && exec node '/app/a.js' /data/app/b /apple --c=/app/c");
        assertThat(service.find().command())
                .containsExactly("sh", "-c", "cd . && exec node './a.js' /data/app/b /apple --c=./c");
    }

    @Test
    void whatBelongsToTheContainerIsNotTakenOver() throws Exception {
        service.with(
                "Dockerfile",
                "FROM x\nENV PATH=/venv/bin:$PATH PORT=80 SERVER_PORT=80 HOME=/root LANG=C.UTF-8\nCMD run");
        assertThat(service.find().variables()).isEqualTo(Map.of("LANG", "C.UTF-8"));
    }

    @Test
    void aDockerfileWithoutCommandFallsToNpm() throws Exception {
        service.with("Dockerfile", "FROM node\nENV A=1").with("package.json", """
                {"name":"demo","version":"1.0.0","scripts":{"start":"node index.js"}}""");
        Launch launch = service.find();
        assertThat(launch.command()).containsExactly("sh", "-c", "node index.js");
        assertThat(launch.origin()).isEqualTo("package.json scripts.start");
        assertThat(launch.variables())
                .isEqualTo(Map.of(
                        "A", "1",
                        "npm_lifecycle_event", "start",
                        "npm_lifecycle_script", "node index.js",
                        "npm_package_name", "demo",
                        "npm_package_version", "1.0.0"));
    }

    @Test
    void aStartScriptFindsTheProgramsOfItsDependencies() throws Exception {
        service.with("package.json", "{\"scripts\":{\"start\":\"ts-node app.ts\"}}");
        assertThat(service.find().command())
                .containsExactly("sh", "-c", "export PATH=\"$PWD/node_modules/.bin:$PATH\"; ts-node app.ts");
    }

    @Test
    void npmItselfRunsScriptsWithCompany() throws Exception {
        service.with("package.json", "{\"scripts\":{\"prestart\":\"make\",\"start\":\"node .\"}}");
        assertThat(service.find().command()).containsExactly("npm", "start");
    }

    @Test
    void serverJsIsTheDefaultOfNpmStart() throws Exception {
        service.with("package.json", "{\"scripts\":{\"test\":\"jest\"}}").with("server.js", "");
        assertThat(service.find().command()).containsExactly("node", "server.js");
    }

    @Test
    void theOneRunnableJar() throws Exception {
        service.withJar("app.jar", true).withJar("lib.jar", false).with("broken.jar", "not a zip");
        assertThat(service.find().command()).containsExactly("java", "-jar", "app.jar");
    }

    @Test
    void severalRunnableJarsAreNamed() throws Exception {
        service.withJar("target/a.jar", true).withJar("target/b.jar", true);
        assertThat(service.refusal().message()).contains("there are 2: target/a.jar, target/b.jar");
    }

    @Test
    void anUnknownStartSaysWhatWasLookedFor() {
        assertThat(service.refusal().code()).isEqualTo("LAUNCH_UNKNOWN");
        assertThat(service.refusal().message())
                .contains("a file Dockerfile (there is none)")
                .contains("package.json (there is none)")
                .contains("runnable jar");
        assertThat(service.refusal().hint()).contains("--command");
    }

    @Test
    void brokenPackageJsonNamesTheLine() throws Exception {
        service.with("package.json", "{\n  \"scripts\": {\n    \"start\" \"node\"\n  }\n}");
        assertThat(service.refusal().code()).isEqualTo("PACKAGE_JSON_INVALID");
        assertThat(service.refusal().message()).startsWith("package.json, line 3");
    }

    @Test
    void containerConfigNamesTheDockerfileAndGivesVariables() throws Exception {
        service.with("container.config.json", """
                // 本配置文件仅配合模板部署使用
                {
                  "containerPort": 80, /* the port */
                  "dockerfilePath": "docker/Dockerfile.prod",
                  "envParams": {"MODE": "cloud", "N": 3, "OFF": false, "NONE": null},
                }
                """)
                .with("docker/Dockerfile.prod", "FROM x\nENV MODE=image OTHER=1\nCMD [\"run\"]");
        assertThat(service.find().command()).containsExactly("run");
        assertThat(service.find().port()).isEmpty();
        assertThat(service.find().variables())
                .isEqualTo(Map.of("MODE", "cloud", "OTHER", "1", "N", "3", "OFF", "false", "NONE", ""));
    }

    @Test
    void aDockerfileOutsideTheFolderIsNotRead() throws Exception {
        service.with("Dockerfile", "FROM x\nCMD [\"run\"]");
        Files.createDirectories(folder.resolve("sub"));
        Launch found = LaunchFinder.find(folder, ContainerConfig.NONE, Optional.empty(), OptionalInt.empty());
        assertThat(found.command()).containsExactly("run");
        ContainerConfig climbing = new ContainerConfig("", Optional.of("../Dockerfile"), Map.of(), AskedScale.NONE);
        assertThat(Problems.of(() -> LaunchFinder.find(
                                folder.resolve("sub"), climbing, Optional.empty(), OptionalInt.empty()))
                        .code())
                .isEqualTo("LAUNCH_UNKNOWN");
    }
}
