package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all as what a client sends for a function: read as every reader of JSON would, or refused. */
class FunctionEventFuzzTest {
    static Stream<byte[]> bodies() {
        return Stream.of(
                        "{\"data\":{}}",
                        "{\"data\":{\"a\":[1,{\"b\":\"}\"}],\"n\":-1.50E+3}}",
                        " {\"cloudIds\":{\"k\":\"berth1_x\"},\t\"data\" : {\"\\u4e91\":\"云\"} }\n",
                        "{\"data\":{},\"data\":{}}",
                        "{\"data\":[]}")
                .map(text -> text.getBytes(UTF_8));
    }

    @Tag("CH-142")
    @DictionaryEntries({"{\"data\":", "\"cloudIds\":", "{\"", "\":", "\"}", "}}", "\\u00", "1e9", "null", ","})
    @MethodSource("bodies")
    @FuzzTest(maxDuration = "3s")
    void noEventIsMisread(byte[] input) {
        FunctionEvent event;
        try {
            event = FunctionEvent.read(Buffer.buffer(input));
        } catch (FunctionEvent.Malformed e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        JsonObject whole = new JsonObject(Buffer.buffer(input));
        assertThat(new String(input, UTF_8)).contains(event.data());
        assertThat(new JsonObject(event.data())).isEqualTo(whole.getJsonObject("data"));
        assertThat(event.cloudIds())
                .isEqualTo(whole.getJsonObject("cloudIds", new JsonObject()).getMap());
    }
}
