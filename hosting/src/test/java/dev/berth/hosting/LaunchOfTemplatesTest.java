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

/** The official templates are deployed as they are. */
class LaunchOfTemplatesTest {
    @TempDir
    Path folder;

    private LaunchOfTemplatesTest with(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        return this;
    }

    private LaunchOfTemplatesTest withJar(String file, boolean runnable) throws IOException {
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
}
