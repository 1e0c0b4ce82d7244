package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One function with {@code wx-server-sdk}, and what it is compared with. */
final class FunctionPrograms {
    static final String EVENT = "{\"a\":1,\"b\":2}";

    private static final String SOURCE = """
            const cloud = require('wx-server-sdk')
            cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
            exports.main = async (event, context) => ({ sum: event.a + event.b, openid: cloud.getWXContext().OPENID })
            """;

    private FunctionPrograms() {}

    /** The function, without its dependencies. */
    static Path function(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("index.js"), SOURCE);
        Files.writeString(
                folder.resolve("package.json"),
                "{\"name\":\"sum\",\"private\":true,\"dependencies\":{\"wx-server-sdk\":\"4.0.2\"}}");
        return folder;
    }

    /** The same with its dependencies, and beside it a program that runs it once, a server that runs it, and the framework of CloudBase. */
    static Path yardsticks(Path folder) throws IOException, InterruptedException {
        function(folder);
        Files.writeString(folder.resolve("once.js"), """
                require('./index.js').main(%s, {}).then(result => process.stdout.write(JSON.stringify(result)))
                """.formatted(EVENT));
        Files.writeString(folder.resolve("server.js"), """
                const { main } = require('./index.js')
                require('http').createServer((request, response) => {
                  const parts = []
                  request.on('data', part => parts.push(part))
                  request.on('end', async () => {
                    const body = Buffer.concat(parts).toString()
                    const result = JSON.stringify(await main(body ? JSON.parse(body) : { a: 1, b: 2 }, {}))
                    response.setHeader('content-type', 'application/json')
                    response.end(result)
                  })
                }).listen(process.env.PORT, '127.0.0.1')
                """);
        npm(folder, "install", "--no-audit", "--no-fund", "--silent");
        npm(
                folder,
                "install",
                "--no-audit",
                "--no-fund",
                "--silent",
                "--no-save",
                "@cloudbase/functions-framework@1.18.0");
        return folder;
    }

    static List<String> bareServer() {
        return List.of("node", "server.js");
    }

    static List<String> framework() {
        return List.of("node_modules/.bin/tcb-ff", "--source", ".");
    }

    /** Runs the function once in a Node process that does nothing else; milliseconds from its start to its end. */
    static double once(Path yardsticks) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("node", "once.js").directory(yardsticks.toFile());
        builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "LANG", "TMPDIR"));
        builder.environment().put("TENCENTCLOUD_RUNENV", "SCF"); // without it the SDK asks where it is
        builder.environment().put("TENCENTCLOUD_REGION", "ap-shanghai"); // without these it complains
        builder.environment().put("SCF_NAMESPACE", "prod-01");
        long begin = System.nanoTime();
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int first = process.getInputStream().read();
        double millis = (System.nanoTime() - begin) / 1e6;
        process.destroy();
        process.waitFor();
        if (first != '{') {
            throw new IllegalStateException("the function did not run in a bare node");
        }
        return millis;
    }

    private static void npm(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start()
                        .waitFor()
                != 0) {
            throw new IllegalStateException("npm failed");
        }
    }
}
