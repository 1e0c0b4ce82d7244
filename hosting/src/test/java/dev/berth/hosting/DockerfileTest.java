package dev.berth.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {
    private static Map<String, String> env(String text) {
        return Dockerfile.parse("FROM scratch\n" + text).variables();
    }

    private static List<String> command(String text) {
        return Dockerfile.parse("FROM scratch\n" + text).command();
    }

    @Test
    void execFormIsTakenAsItIs() {
        assertThat(command("CMD [\"node\", \"app.js\", \"a b\"]")).containsExactly("node", "app.js", "a b");
        assertThat(command("cmd [ \"npm\" , \"start\" ]")).containsExactly("npm", "start");
    }

    @Test
    void shellFormRunsInAShell() {
        assertThat(command("CMD node app.js --name=\"a b\" && echo $HOME"))
                .containsExactly("sh", "-c", "node app.js --name=\"a b\" && echo $HOME");
    }

    @Test
    void whatIsNotJsonIsShellForm() {
        assertThat(command("CMD ['node', 'app.js']")).containsExactly("sh", "-c", "['node', 'app.js']");
    }

    @Test
    void entrypointAndCmdGoTogether() {
        assertThat(command("ENTRYPOINT [\"dotnet\"]\nCMD [\"app.dll\"]")).containsExactly("dotnet", "app.dll");
        assertThat(command("CMD [\"app.dll\"]\nENTRYPOINT [\"dotnet\"]")).containsExactly("dotnet", "app.dll");
        assertThat(command("ENTRYPOINT exec top -b\nCMD [\"ignored\"]")).containsExactly("sh", "-c", "exec top -b");
        assertThat(command("ENTRYPOINT [\"dotnet\", \"a.dll\"]")).containsExactly("dotnet", "a.dll");
    }

    @Test
    void theLastCmdCounts() {
        assertThat(command("CMD [\"a\"]\nCMD [\"b\"]")).containsExactly("b");
        assertThat(command("RUN make\nEXPOSE 80")).isEmpty();
    }

    @Test
    void onlyTheLastStageCounts() {
        Dockerfile dockerfile = Dockerfile.parse("""
                FROM maven:3.6-jdk-8 AS build
                ENV MAVEN_OPTS=-Xmx1g
                WORKDIR /build
                CMD ["mvn"]
                FROM --platform=$BUILDPLATFORM alpine:3.13
                COPY --from=build /build/target/*.jar /app/
                """);
        assertThat(dockerfile.command()).isEmpty();
        assertThat(dockerfile.variables()).isEmpty();
        assertThat(dockerfile.workdir()).isEqualTo("/");
    }

    @Test
    void aStageMayBeginFromAnother() {
        Dockerfile dockerfile = Dockerfile.parse("""
                FROM node:20 as Base
                ENV A=1
                WORKDIR /srv
                CMD ["node", "a.js"]
                FROM golang AS other
                ENV B=2
                FROM base
                ENV C=$A
                """);
        assertThat(dockerfile.command()).containsExactly("node", "a.js");
        assertThat(dockerfile.variables()).isEqualTo(Map.of("A", "1", "C", "1"));
        assertThat(dockerfile.workdir()).isEqualTo("/srv");
    }

    @Test
    void envKnowsBothForms() {
        assertThat(env("ENV K=V K2=\"v 2\" K3='v $3' K4=a\\ b"))
                .isEqualTo(Map.of("K", "V", "K2", "v 2", "K3", "v $3", "K4", "a b"));
        assertThat(env("ENV GREETING hello to the world")).isEqualTo(Map.of("GREETING", "hello to the world"));
        assertThat(env("ENV EMPTY= URL=http://x/?a=b")).isEqualTo(Map.of("EMPTY", "", "URL", "http://x/?a=b"));
        assertThat(env("ENV JSON={\\\"a\\\":1}")).isEqualTo(Map.of("JSON", "{\"a\":1}"));
    }

    @Test
    void envContinuesOverLinesCommentsAndEmptyLines() {
        assertThat(env("ENV A=1 \\\n    # not the end\n\n    B=2 \\\n    C=3\nENV D=4"))
                .isEqualTo(Map.of("A", "1", "B", "2", "C", "3", "D", "4"));
    }

    @Test
    void argAndEnvExpand() {
        assertThat(env("ARG VERSION=1.2\nENV V=$VERSION W=${VERSION}-x N=${NONE:-none} P=${VERSION:+set} Q=\\$V"))
                .isEqualTo(Map.of("V", "1.2", "W", "1.2-x", "N", "none", "P", "set", "Q", "$V"));
    }

    @Test
    void envOnOneLineSeesTheValuesBeforeTheLine() {
        assertThat(env("ENV abc=hello\nENV abc=bye def=$abc\nENV ghi=$abc"))
                .isEqualTo(Map.of("abc", "bye", "def", "hello", "ghi", "bye"));
    }

    @Test
    void anArgumentBeforeFromIsKnownWhereItIsNamedAgain() {
        Dockerfile dockerfile = Dockerfile.parse("ARG TAG=20\nFROM node:${TAG}\nARG TAG\nENV T=$TAG");
        assertThat(dockerfile.variables()).isEqualTo(Map.of("T", "20"));
    }

    @ParameterizedTest
    @CsvSource({
        "WORKDIR /app, /app",
        "WORKDIR /app/, /app",
        "WORKDIR /usr/src/app/., /usr/src/app",
        "WORKDIR \"/my app\", /my app",
        "RUN true, /",
        "WORKDIR /, /"
    })
    void workdirIsTidied(String line, String workdir) {
        assertThat(Dockerfile.parse("FROM x\n" + line).workdir()).isEqualTo(workdir);
    }

    @Test
    void workdirsAddUpAndExpand() {
        assertThat(Dockerfile.parse("FROM x\nENV HOME_DIR=/opt\nWORKDIR $HOME_DIR\nWORKDIR svc\nWORKDIR ./api")
                        .workdir())
                .isEqualTo("/opt/svc/api");
    }

    @Test
    void heredocsAndHealthchecksAreNotInstructions() {
        assertThat(command("""
                RUN <<EOF
                CMD ["wrong"]
                EOF
                HEALTHCHECK --interval=5s \\
                  CMD curl -f http://localhost/
                CMD ["right"]
                """)).containsExactly("right");
    }

    @Test
    void anotherShellIsUsed() {
        assertThat(command("SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nCMD run it"))
                .containsExactly("/bin/bash", "-o", "pipefail", "-c", "run it");
    }

    @Test
    void windowsLineEndsAndCommentsDoNotMatter() {
        assertThat(command("# comment\r\nWORKDIR /app\r\n  # another\r\nCMD [\"node\", \"x.js\"]\r\n"))
                .containsExactly("node", "x.js");
    }
}
