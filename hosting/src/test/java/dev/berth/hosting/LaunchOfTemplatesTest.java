package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official templates are deployed as they are. */
class LaunchOfTemplatesTest {
    @TempDir
    Path folder;

    private LaunchFolder service;

    @BeforeEach
    void open() {
        service = new LaunchFolder(folder);
    }

    @Test
    void expressTemplate() throws Exception {
        service.with("Dockerfile", """
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
        assertThat(service.find().command()).containsExactly("npm", "start");
        assertThat(service.find().origin()).isEqualTo("Dockerfile CMD");
    }

    @Test
    void flaskTemplate() throws Exception {
        service.with("Dockerfile", """
                FROM alpine:3.13
                COPY . /app
                WORKDIR /app
                RUN pip install --user -r requirements.txt
                EXPOSE 80
                CMD ["python3", "run.py", "0.0.0.0", "80"]
                """);
        assertThat(service.find().command()).containsExactly("python3", "run.py", "0.0.0.0", "80");
        assertThat(service.find().port()).as("EXPOSE is not a fixed port").isEmpty();
    }

    @Test
    void springBootTemplateBeforeTheBuildFallsToTheJar() throws Exception {
        service.with("Dockerfile", """
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
        assertThat(service.find().command()).containsExactly("java", "-jar", "target/springboot-wxcloudrun-1.0.jar");
        assertThat(service.find().variables()).isEqualTo(Map.of("SPRING_PROFILES_ACTIVE", "cloud"));
    }

    @Test
    void goTemplateBeforeTheBuildSaysWhatIsMissing() throws Exception {
        service.with("Dockerfile", """
                FROM golang:1.17.1-alpine3.14 as builder
                WORKDIR /app
                COPY . /app/
                RUN GOOS=linux go build -o main .
                FROM alpine:3.13
                WORKDIR /app
                COPY --from=builder /app/main /app/index.html /app/
                CMD ["/app/main"]
                """);
        assertThat(service.refusal().code()).isEqualTo("LAUNCH_UNKNOWN");
        assertThat(service.refusal().message())
                .contains("Dockerfile (its command needs ./main, which is not among the files");
        assertThat(service.refusal().hint()).contains("--command");

        service.with("main", "ELF");
        assertThat(service.find().command()).containsExactly("./main");
    }
}
