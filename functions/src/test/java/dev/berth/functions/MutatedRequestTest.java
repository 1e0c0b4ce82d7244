package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.AdminActions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever comes in is answered, and nothing that was altered on the way is done. The seed is fixed. */
final class MutatedRequestTest {
    private static final int MUTATIONS = 3_000;

    private final AdminRoom room = new AdminRoom();
    private final Random random = new Random(20_261_121);

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @Tag("AD-19")
    @Tag("AD-22")
    void aFormThatWasAlteredIsRefused() {
        AdminActions.Request form = SignedRequest.of(room.runsForAlice(), "wx.openApi")
                .with("apiName", "subscribeMessage.send")
                .with("requestData", HexFormat.of().parseHex("080012130a110a06746f757365721207226f5553455222"))
                .form();
        room.answer(form);
        assertThat(room.asked).hasSize(1);
        assertThat(acceptedMutationsOf(form)).isLessThan(MUTATIONS / 2);
        assertThat(room.asked)
                .allSatisfy(
                        question -> assertThat(question.body()).asString(UTF_8).isEqualTo("{\"touser\":\"oUSER\"}"));
    }

    @Test
    @Tag("AD-19")
    @Tag("AD-22")
    void aJsonThatWasAlteredIsRefused() {
        AdminActions.Request json = SignedRequest.of(room.runsForAlice(), "functions.invokeFunction")
                .with("function_name", "sum")
                .with("request_data", "{\"a\":1,\"s\":\"文\"}")
                .json();
        acceptedMutationsOf(json);
        assertThat(room.invoked).allSatisfy(invocation -> {
            assertThat(invocation.function().name()).isEqualTo("sum");
            assertThat(invocation.event().strip()).isEqualTo("{\"a\":1,\"s\":\"文\"}");
        });
    }

    /** What is no content may be altered: what a form says before its first boundary and after its last, and in other headers. */
    private int acceptedMutationsOf(AdminActions.Request request) {
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            AdminActions.Answer answer = room.answer(new AdminActions.Request(
                    request.method(),
                    request.host(),
                    request.path(),
                    request.query(),
                    request.headers(),
                    mutated(request.body())));
            if (answer.contentType().equals(AdminAnswers.BINARY)) {
                accepted++;
            }
        }
        return accepted;
    }

    private byte[] mutated(byte[] body) {
        byte[] mutated = body.clone();
        int at = random.nextInt(body.length);
        switch (random.nextInt(4)) {
            case 0 -> mutated[at] = (byte) random.nextInt(256);
            case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> mutated = Arrays.copyOf(body, at);
            default -> System.arraycopy(body, random.nextInt(at + 1), mutated, at, Math.min(8, body.length - at));
        }
        return mutated;
    }
}
