package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.core.BerthException;
import dev.berth.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionFoldersTest {
    private static final String SDK = "{\"dependencies\":{\"wx-server-sdk\":\"~2.6.3\"}}";

    @TempDir
    Path temp;

    private Path home;

    @BeforeEach
    void resolve() throws IOException {
        home = temp.toRealPath();
    }

    private Path file(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, content);
    }

    private Optional<FunctionFolders> find(String path, boolean forced) {
        return FunctionFolders.find(home.resolve(path), forced, Optional.empty());
    }

    private List<String> names(String path) {
        return find(path, false).orElseThrow().functions().stream()
                .map(FunctionFolder::name)
                .toList();
    }

    private Problem refusal(String path, boolean forced, Optional<String> name) {
        BerthException refused = catchThrowableOfType(
                BerthException.class, () -> FunctionFolders.find(home.resolve(path), forced, name));
        assertThat(refused).as("a refusal").isNotNull();
        return refused.problem();
    }

    @Test
    void aCloudfunctionsFolderHoldsFunctions() throws Exception {
        file("cloudfunctions/sum/index.js", "");
        file("cloudfunctions/login/index.js", "");
        file("cloudfunctions/other/src/app.js", "");
        file("cloudfunctions/other/config.json", "{\"handler\":\"src/app.run\"}");
        file("cloudfunctions/common/util.js", "");
        file("cloudfunctions/.idea/index.js", "");
        file("cloudfunctions/node_modules/index.js", "");
        file("cloudfunctions/README.md", "");
        FunctionFolders found = find("cloudfunctions", false).orElseThrow();
        assertThat(found.root()).hasValue(home.resolve("cloudfunctions"));
        assertThat(found.functions()).extracting(FunctionFolder::name).containsExactly("login", "other", "sum");
        assertThat(found.functions().getFirst().folder()).isEqualTo(home.resolve("cloudfunctions/login"));
        assertThat(found.notes())
                .containsExactly(
                        "%s is no function: it has no index.js".formatted(home.resolve("cloudfunctions/common")));
    }

    @Test
    void saysHowAFolderBecomesAFunction() throws Exception {
        file("cloudfunctions/sum/index.js", "");
        file("cloudfunctions/typed/index.ts", "");
        file("cloudfunctions/built/dist/app.js", "");
        file("cloudfunctions/built/package.json", "{\"main\":\"./dist/app.js\"}");
        file("cloudfunctions/unbuilt/package.json", "{\"main\":\"dist/app.js\"}");
        file("cloudfunctions/__MACOSX/._sum", "");
        assertThat(find("cloudfunctions", false).orElseThrow().notes())
                .extracting(note -> note.substring(note.indexOf("cloudfunctions/")))
                .containsExactly(
                        "cloudfunctions/built is no function: it has no index.js, and main of package.json has no effect; "
                                + "its config.json may say \"handler\": \"dist/app.main\"",
                        "cloudfunctions/typed is no function: it has no index.js; compile its index.ts to JavaScript",
                        "cloudfunctions/unbuilt is no function: it has no index.js");
    }

    @Test
    void aFolderInCloudfunctionsIsOneFunction() throws Exception {
        file("cloudfunctions/sum/index.js", "");
        file("cloudfunctions/login/index.js", "");
        FunctionFolders found = find("cloudfunctions/sum", false).orElseThrow();
        assertThat(found.root()).isEmpty();
        assertThat(found.functions()).containsExactly(new FunctionFolder("sum", home.resolve("cloudfunctions/sum")));
    }

    @Test
    void aProjectNamesItsFunctions() throws Exception {
        file("app/project.config.json", "{\"cloudfunctionRoot\": \"server/\", /* as DevTools */ \"appid\": \"wx1\",}");
        file("app/server/sum/index.js", "");
        file("app/mine/login/index.js", "");
        assertThat(names("app")).containsExactly("sum");
        assertThat(names("app/server")).containsExactly("sum");
        assertThat(names("app/server/sum")).containsExactly("sum");
        file("app/project.private.config.json", "{\"cloudfunctionRoot\": \"mine\"}");
        assertThat(names("app")).containsExactly("login");
        file("app/project.private.config.json", "{}");
        assertThat(names("app")).containsExactly("sum");
    }

    @Test
    void aProjectWithoutFunctionsIsToldAsThat() throws Exception {
        file("app/project.config.json", "{}");
        assertThat(refusal("app", false, Optional.empty()).message())
                .endsWith("project.config.json: cloudfunctionRoot: absent (expected: a folder with functions)");
        file("app/project.config.json", "{\"cloudfunctionRoot\":\"gone/\"}");
        assertThat(refusal("app", false, Optional.empty()).message()).contains("cloudfunctionRoot: gone/");
        file("app/project.config.json", "{\"cloudfunctionRoot\":7}");
        assertThat(refusal("app", false, Optional.empty()).code()).isEqualTo("PROJECT_CONFIG_INVALID");
        file("app/project.config.json", "{");
        assertThat(refusal("app", false, Optional.empty()).message()).contains("project.config.json, line 1");
        Files.createDirectories(home.resolve("app/empty"));
        file("app/project.config.json", "{\"cloudfunctionRoot\":\"empty\"}");
        assertThat(refusal("app", false, Optional.empty()).code()).isEqualTo("NO_FUNCTION");
    }

    @Test
    void whatLooksLikeAFunctionAnywhereIsOne() throws Exception {
        file("sum/index.js", "");
        file("sum/package.json", SDK);
        assertThat(names("sum")).containsExactly("sum");
        file("timer/index.js", "");
        file("timer/config.json", "{\"triggers\":[]}");
        assertThat(names("timer")).containsExactly("timer");
        file("lambdas/sum/index.js", "");
        file("lambdas/sum/package.json", SDK);
        file("lambdas/plain/index.js", "");
        assertThat(names("lambdas")).containsExactly("plain", "sum");
    }

    @Test
    void whatLooksLikeAServiceIsNone() throws Exception {
        file("a/index.js", "");
        assertThat(find("a", false)).isEmpty();
        file("b/index.js", "");
        file(
                "b/package.json",
                "{\"scripts\":{\"start\":\"node index.js\"},\"dependencies\":{\"wx-server-sdk\":\"*\"}}");
        assertThat(find("b", false)).isEmpty();
        file("c/index.js", "");
        file("c/package.json", SDK);
        file("c/Dockerfile", "FROM node");
        assertThat(find("c", false)).isEmpty();
        file("d/config.json", "not JSON");
        assertThat(find("d", false)).isEmpty();
    }

    @Test
    void functionsCanBeForced() throws Exception {
        file("a/index.js", "");
        assertThat(find("a", true).orElseThrow().functions())
                .containsExactly(new FunctionFolder("a", home.resolve("a")));
        file("many/x/index.js", "");
        file("many/y/index.js", "");
        assertThat(find("many", false)).isEmpty();
        assertThat(find("many", true).orElseThrow().functions()).hasSize(2);
        file("none/readme", "");
        assertThat(refusal("none", true, Optional.empty())).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("NO_FUNCTION");
            assertThat(problem.message()).contains("index.js");
        });
    }

    @Test
    void oneFunctionCanBeNamedManyCannot() throws Exception {
        file("cloudfunctions/sum/index.js", "");
        assertThat(FunctionFolders.find(home.resolve("cloudfunctions/sum"), false, Optional.of("add"))
                        .orElseThrow()
                        .functions())
                .containsExactly(new FunctionFolder("add", home.resolve("cloudfunctions/sum")));
        assertThat(FunctionFolders.find(home.resolve("cloudfunctions"), false, Optional.of("add"))
                        .orElseThrow()
                        .functions())
                .extracting(FunctionFolder::name)
                .containsExactly("add");
        file("cloudfunctions/login/index.js", "");
        assertThat(refusal("cloudfunctions", false, Optional.of("add")).code()).isEqualTo("ONE_NAME_FOR_MANY");
    }

    @Test
    void aFolderWithAnUnsuitableNameIsKeptApart() throws Exception {
        file("cloudfunctions/求和/index.js", "");
        file("cloudfunctions/sum/index.js", "");
        assertThat(names("cloudfunctions")).containsExactly("sum");
        assertThat(find("cloudfunctions", false).orElseThrow().unsuitable())
                .singleElement()
                .satisfies(unsuitable -> {
                    assertThat(unsuitable.name()).isEqualTo("求和");
                    assertThat(unsuitable.problem().code()).isEqualTo("INVALID_FUNCTION_NAME");
                });
        assertThat(refusal("cloudfunctions/求和", false, Optional.empty()).code()).isEqualTo("INVALID_FUNCTION_NAME");
        assertThat(FunctionFolders.find(home.resolve("cloudfunctions/求和"), false, Optional.of("add"))
                        .orElseThrow()
                        .functions())
                .containsExactly(new FunctionFolder("add", home.resolve("cloudfunctions/求和")));
    }
}
