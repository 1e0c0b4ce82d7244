package dev.berth.openapi;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes what proves in whose name a call is out of its answer: who redirects or explains an error may repeat the address of
 * the request, which holds it. Of answers that are streamed only the head is looked at.
 */
final class Echo {
    private static final String HIDDEN = "***";

    private final Set<String> spellings;

    private Echo(Set<String> spellings) {
        this.spellings = spellings;
    }

    static Echo none() {
        return new Echo(Set.of());
    }

    /** @param proof a token or a secret */
    static Echo of(String proof) {
        String encoded = Credential.encode(proof);
        return new Echo(encoded.equals(proof) ? Set.of(proof) : Set.of(proof, encoded));
    }

    Answer hiddenIn(Answer answer) {
        if (answer.headers().entries().stream().noneMatch(header -> isIn(header.getValue()))) {
            return answer;
        }
        MultiMap headers = HttpHeaders.headers();
        answer.headers().forEach(header -> headers.add(header.getKey(), hiddenIn(header.getValue())));
        return new Answer(answer.status(), answer.statusMessage(), headers, answer.length());
    }

    Buffer hiddenIn(Buffer whole) {
        return spellings.stream().anyMatch(spelling -> isIn(whole, spelling))
                ? Buffer.buffer(hiddenIn(whole.toString(StandardCharsets.ISO_8859_1)), "ISO-8859-1")
                : whole;
    }

    private boolean isIn(String text) {
        return spellings.stream().anyMatch(text::contains);
    }

    private String hiddenIn(String text) {
        String hidden = text;
        for (String spelling : spellings) {
            hidden = hidden.replace(spelling, HIDDEN);
        }
        return hidden;
    }

    private static boolean isIn(Buffer whole, String spelling) {
        return whole.length() >= spelling.length()
                && ByteBufUtil.indexOf(
                                Unpooled.wrappedBuffer(spelling.getBytes(StandardCharsets.ISO_8859_1)),
                                ((BufferInternal) whole).getByteBuf())
                        >= 0;
    }
}
