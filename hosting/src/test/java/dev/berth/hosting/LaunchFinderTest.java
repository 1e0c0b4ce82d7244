package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.Launch;
import dev.berth.core.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchFinderTest {
    @TempDir
    Path folder;

    private LaunchFinderTest with(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        return this;
    }

    private LaunchFinderTest withJar(String file, boolean runnable) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (runnable) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "demo.Main");
        }
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        try (OutputStream out = Files.newOutputStream(path)) {
            new JarOutputStream(out, manifest).close();
        }
        return this;
    }

    private Launch find() throws IOException {
        return LaunchFinder.find(folder, ContainerConfig.read(folder), Optional.empty(), OptionalInt.empty());
    }

    private Problem refusal() {
        return Problems.of(this::find);
    }

    @Test
    void aCommandWinsOverAll() throws Exception {
        with("Dockerfile", "FROM node\nENV MODE=x\nCMD [\"node\", \"a.js\"]").with("package.json", "{}");
        Launch launch = LaunchFinder.find(
                folder, ContainerConfig.NONE, Optional.of("python3 -m http.server $PORT"), OptionalInt.of(8000));
        assertThat(launch.command()).containsExactly("sh", "-c", "python3 -m http.server $PORT");
        assertThat(launch.origin()).isEqualTo("--command");
        assertThat(launch.port()).hasValue(8000);
        assertThat(launch.variables()).isEqualTo(Map.of("MODE", "x"));
    }

    /** The official template wxcloudrun-express. */
    @Test
    void expressTemplate() throws Exception {
        with("Dockerfile", """
                # 二开推荐阅读[如何提高项目构建效率](https://developers.weixin.qq.com/miniprogram/dev/wxcloudrun/src/scene/build/speed.html)
                FROM alpine:3.13

                # 容器默认时区为UTC，如需使用上海时间请启用以下时区设置命令
                # RUN apk add tzdata && cp /usr/share/zoneinfo/Asia/Shanghai /etc/localtime && echo Asia/Shanghai > /etc/timezone

                RUN sed -i 's/dl-cdn.alpinelinux.org/mirrors.tencent.com/g' /etc/apk/repositories \\
                && apk add --update --no-cache nodejs npm

                WORKDIR /app
                COPY package*.json /app/
                RUN npm config set registry https://mirrors.cloud.tencent.com/npm/
                RUN npm install
                COPY . /app

                # 执行启动命令
                # 写多行独立的CMD命令是错误写法！只有最后一行CMD命令会被执行，之前的都会被忽略，导致业务报错。
                CMD ["npm", "start"]
                """);
        assertThat(find().command()).containsExactly("npm", "start");
        assertThat(find().origin()).isEqualTo("Dockerfile CMD");
    }

    @Test
    void flaskTemplate() throws Exception {
        with("Dockerfile", """
                FROM alpine:3.13
                COPY . /app
                WORKDIR /app
                RUN pip install --user -r requirements.txt
                EXPOSE 80
                CMD ["python3", "run.py", "0.0.0.0", "80"]
                """);
        assertThat(find().command()).containsExactly("python3", "run.py", "0.0.0.0", "80");
        assertThat(find().port()).as("EXPOSE is not a fixed port").isEmpty();
    }

    @Test
    void springBootTemplateBeforeTheBuildFallsToTheJar() throws Exception {
        with("Dockerfile", """
                FROM maven:3.6.0-jdk-8-slim as build
                WORKDIR /app
                COPY src /app/src
                COPY settings.xml pom.xml /app/
                RUN mvn -s /app/settings.xml -f /app/pom.xml clean package
                FROM alpine:3.13
                ENV SPRING_PROFILES_ACTIVE=cloud
                WORKDIR /app
                COPY --from=build /app/target/*.jar .
                CMD ["java", "-jar", "/app/springboot-wxcloudrun-1.0.jar"]
                """)
                .withJar("target/springboot-wxcloudrun-1.0.jar", true)
                .withJar("target/x-sources.jar", false);
        assertThat(find().command()).containsExactly("java", "-jar", "target/springboot-wxcloudrun-1.0.jar");
        assertThat(find().variables()).isEqualTo(Map.of("SPRING_PROFILES_ACTIVE", "cloud"));
    }

    @Test
    void goTemplateBeforeTheBuildSaysWhatIsMissing() throws Exception {
        with("Dockerfile", """
                FROM golang:1.17.1-alpine3.14 as builder
                WORKDIR /app
                COPY . /app/
                RUN GOOS=linux go build -o main .
                FROM alpine:3.13
                WORKDIR /app
                COPY --from=builder /app/main /app/index.html /app/
                CMD ["/app/main"]
                """);
        assertThat(refusal().code()).isEqualTo("LAUNCH_UNKNOWN");
        assertThat(refusal().message()).contains("Dockerfile (its command needs ./main, which is not among the files");
        assertThat(refusal().hint()).contains("--command");

        with("main", "ELF");
        assertThat(find().command()).containsExactly("./main");
    }

    @Test
    void pathsBelowTheWorkdirAreMapped() throws Exception {
        with("Dockerfile", """
                FROM node
                ENV NODE_PATH=/app/lib DATA=/application CONFIG=/app
                WORKDIR /app
                ENTRYPOINT ["node"]
                CMD ["/app/server.js", "--root", "/app", "/apple", "--x=/app/y"]
                """);
        assertThat(find().command()).containsExactly("node", "./server.js", "--root", ".", "/apple", "--x=/app/y");
        assertThat(find().variables()).isEqualTo(Map.of("NODE_PATH", "./lib", "DATA", "/application", "CONFIG", "."));
    }

    @Test
    void pathsInAShellLineAreMapped() throws Exception {
        with("Dockerfile", "FROM x\nWORKDIR /app\nCMD cd /app && exec node '/app/a.js' /data/app/b /apple --c=/app/c");
        assertThat(find().command())
                .containsExactly("sh", "-c", "cd . && exec node './a.js' /data/app/b /apple --c=./c");
    }

    @Test
    void whatBelongsToTheContainerIsNotTakenOver() throws Exception {
        with("Dockerfile", "FROM x\nENV PATH=/venv/bin:$PATH PORT=80 SERVER_PORT=80 HOME=/root LANG=C.UTF-8\nCMD run");
        assertThat(find().variables()).isEqualTo(Map.of("LANG", "C.UTF-8"));
    }

    @Test
    void aDockerfileWithoutCommandFallsToNpm() throws Exception {
        with("Dockerfile", "FROM node\nENV A=1").with("package.json", """
                {"name":"demo","version":"1.0.0","scripts":{"start":"node index.js"}}""");
        Launch launch = find();
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
        with("package.json", "{\"scripts\":{\"start\":\"ts-node app.ts\"}}");
        assertThat(find().command())
                .containsExactly("sh", "-c", "export PATH=\"$PWD/node_modules/.bin:$PATH\"; ts-node app.ts");
    }

    @Test
    void npmItselfRunsScriptsWithCompany() throws Exception {
        with("package.json", "{\"scripts\":{\"prestart\":\"make\",\"start\":\"node .\"}}");
        assertThat(find().command()).containsExactly("npm", "start");
    }

    @Test
    void serverJsIsTheDefaultOfNpmStart() throws Exception {
        with("package.json", "{\"scripts\":{\"test\":\"jest\"}}").with("server.js", "");
        assertThat(find().command()).containsExactly("node", "server.js");
    }

    @Test
    void theOneRunnableJar() throws Exception {
        withJar("app.jar", true).withJar("lib.jar", false).with("broken.jar", "not a zip");
        assertThat(find().command()).containsExactly("java", "-jar", "app.jar");
    }

    @Test
    void severalRunnableJarsAreNamed() throws Exception {
        withJar("target/a.jar", true).withJar("target/b.jar", true);
        assertThat(refusal().message()).contains("there are 2: target/a.jar, target/b.jar");
    }

    @Test
    void anUnknownStartSaysWhatWasLookedFor() {
        assertThat(refusal().code()).isEqualTo("LAUNCH_UNKNOWN");
        assertThat(refusal().message())
                .contains("a file Dockerfile (there is none)")
                .contains("package.json (there is none)")
                .contains("runnable jar");
        assertThat(refusal().hint()).contains("--command");
    }

    @Test
    void brokenPackageJsonNamesTheLine() throws Exception {
        with("package.json", "{\n  \"scripts\": {\n    \"start\" \"node\"\n  }\n}");
        assertThat(refusal().code()).isEqualTo("PACKAGE_JSON_INVALID");
        assertThat(refusal().message()).startsWith("package.json, line 3");
    }

    @Test
    void containerConfigNamesTheDockerfileAndGivesVariables() throws Exception {
        with("container.config.json", """
                // 本配置文件仅配合模板部署使用
                {
                  "containerPort": 80, /* the port */
                  "dockerfilePath": "docker/Dockerfile.prod",
                  "envParams": {"MODE": "cloud", "N": 3, "OFF": false, "NONE": null},
                }
                """)
                .with("docker/Dockerfile.prod", "FROM x\nENV MODE=image OTHER=1\nCMD [\"run\"]");
        assertThat(find().command()).containsExactly("run");
        assertThat(find().port()).isEmpty();
        assertThat(find().variables())
                .isEqualTo(Map.of("MODE", "cloud", "OTHER", "1", "N", "3", "OFF", "false", "NONE", ""));
    }

    @Test
    void aDockerfileOutsideTheFolderIsNotRead() throws Exception {
        with("Dockerfile", "FROM x\nCMD [\"run\"]");
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
