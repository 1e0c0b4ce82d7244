package dev.berth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Prints the answer to a call: the bytes as they come, or one JSON object; a system error on standard error.
 *
 * @param function whether a function has the name that no service has; asked if the gateway knows no such service
 */
record CallPrinter(Shell shell, boolean head, BooleanSupplier function) {
    private static final int CHUNK = 16 * 1024;

    int print(CallAnswer answer, boolean json) {
        try (InputStream body = answer.response().body()) {
            boolean systemError = answer.systemErrorCode().isPresent();
            if (head && !json) {
                printHead(answer);
            }
            if (!json && !systemError) {
                copy(body, shell.out());
                return ExitCode.OK;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            copy(body, bytes);
            if (json) {
                shell.out().println(asJson(answer, bytes.toByteArray()));
            }
            if (!systemError) {
                return ExitCode.OK;
            }
            new ProblemPrinter(shell.err())
                    .print(SystemErrorProblem.of(answer, bytes.toString(StandardCharsets.UTF_8), function));
            return ExitCode.REFUSED;
        } catch (IOException broken) {
            throw Http.broken(answer.response().uri(), broken);
        }
    }

    private void printHead(CallAnswer answer) {
        shell.out().println("HTTP/1.1 " + answer.response().statusCode());
        answer.response()
                .headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> shell.out().println(name + ": " + value)));
        shell.out().println();
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
            to.write(chunk, 0, count);
            to.flush();
        }
    }

    private static ObjectNode asJson(CallAnswer answer, byte[] body) {
        ObjectNode json = Json.object().put("status", answer.response().statusCode());
        ObjectNode headers = json.putObject("headers");
        answer.response().headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        try {
            json.put(
                    "body",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException binary) {
            json.put("bodyBase64", body);
        }
        return json.put("callId", answer.header("x-wx-call-id").orElse(answer.callId()));
    }
}
