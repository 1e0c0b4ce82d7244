package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.AdminActions;
import dev.berth.core.Origin;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RecognitionTest {
    private static final String ENDED =
            "the invocation that asks has ended: await every call before the function returns. Nothing was done";
    private static final String FORGED =
            "the signature does not belong to the credentials in the invocation's environment: leave secretId and secretKey out of init()";
    private static final String FOREIGN =
            "the credentials are not those of the invocation, nor of an environment that is shared with its app: leave secretId and secretKey out of init()";

    /** Of {@link #version1} with {@code AKID1} and {@code key-1}; made by tcb-admin-node 1.22.0. */
    private static final String VERSION_1_SIGNATURE = "8f1e9540c27992e69d0a8f2b6e8423117a72433c";

    private final AdminRoom room = new AdminRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @Tag("AD-18")
    void theInvocationWhoseTokenWasSentAsks() {
        room.runs(Origin.timer());
        LiveInvocation alices = room.runsForAlice();
        room.answer(call(alices).json());
        assertThat(room.invoked)
                .singleElement()
                .satisfies(
                        invocation -> assertThat(invocation.origin().caller()).contains(AdminRoom.ALICE));
    }

    @Test
    @Tag("AD-18")
    void withoutTokenTheOneThatSignedAsks() {
        room.runsForAlice();
        LiveInvocation operators = room.runs(Origin.operator());
        room.answer(call(operators).json());
        assertThat(room.invoked)
                .singleElement()
                .satisfies(
                        invocation -> assertThat(invocation.origin().caller()).isEmpty());
    }

    @Test
    @Tag("AD-18")
    void anInvocationThatHasEndedIsNobody() {
        LiveInvocation alices = room.runsForAlice();
        AdminActions.Request late = call(alices).json();
        room.hasEnded(alices);
        refused(late, ENDED);
    }

    @Test
    @Tag("AD-18")
    void anInvocationWithoutTokenThatHasEndedIsNobody() {
        LiveInvocation operators = room.runs(Origin.operator());
        AdminActions.Request late = call(operators).json();
        room.hasEnded(operators);
        refused(late, ENDED);
    }

    @Test
    @Tag("AD-18")
    void anEmptyTokenIsNobodysEvenWhereSomeHaveNone() {
        room.runs(Origin.operator());
        LiveInvocation alices = room.runsForAlice();
        refused(
                call(alices)
                        .with("wxCloudApiToken", "")
                        .signedBy("AKID9", "key-9")
                        .json(),
                ENDED);
    }

    @Test
    @Tag("AD-19")
    void aTokenWithoutItsSecretKeyIsRefused() {
        LiveInvocation alices = room.runsForAlice();
        refused(call(alices).signedBy(alices.secretId(), "other").json(), FORGED);
    }

    @Test
    @Tag("AD-19")
    void aTokenWithAnothersSignatureIsRefused() {
        LiveInvocation alices = room.runsForAlice();
        LiveInvocation timers = room.runs(Origin.timer());
        refused(call(alices).signedBy(timers.secretId(), timers.secretKey()).json(), FOREIGN);
    }

    @Test
    @Tag("AD-19")
    void aTokenAloneIsRefused() {
        LiveInvocation alices = room.runsForAlice();
        AdminActions.Request signed = call(alices).json();
        refused(
                new AdminActions.Request(
                        "POST",
                        signed.host(),
                        signed.path(),
                        signed.query(),
                        Map.of("content-type", "application/json"),
                        signed.body()),
                "the request is not signed as wx-server-sdk signs (expected: Authorization: TC3-HMAC-SHA256 …)");
    }

    @Test
    @Tag("AD-21")
    void version1IsKnownByItsTokenWhateverItSigned() {
        LiveInvocation alices = room.runsForAlice();
        room.answer(version1(alices.token(), "AKOTHER", "0".repeat(40)));
        assertThat(room.invoked).hasSize(1);
    }

    @Test
    @Tag("AD-21")
    void version1WithoutTokenIsKnownByItsOwnSignature() {
        LiveInvocation operators = room.runs(Origin.operator());
        room.answer(version1("", operators.secretId(), VERSION_1_SIGNATURE));
        assertThat(room.invoked).hasSize(1);
        refused(version1("", operators.secretId(), VERSION_1_SIGNATURE.replace('8', '9')), FORGED);
    }

    private static AdminActions.Request version1(String token, String secretId, String signature) {
        String authorization =
                "q-sign-algorithm=sha1&q-ak=%s&q-sign-time=1795203963;1795204863&q-key-time=1795203963;1795204863&q-header-list=user-agent;x-tcb-source&q-url-param-list=action;envname;eventid;function_name;request_data;tcb_sessiontoken;timestamp;wxcloudapitoken&q-signature=%s"
                        .formatted(secretId, signature);
        String body =
                "{\"action\":\"functions.invokeFunction\",\"function_name\":\"sum\",\"request_data\":\"{\\\"s\\\":\\\"文 !'()*~\\\"}\",\"envName\":\"prod-01\",\"timestamp\":1795203964871,\"eventId\":\"e_1\",\"wxCloudApiToken\":\"%s\",\"tcb_sessionToken\":\"\",\"authorization\":\"%s\",\"sdk_version\":\"1.22.0\"}"
                        .formatted(token, authorization);
        return new AdminActions.Request(
                "POST",
                "tcb-admin.tencentyun.com",
                "/admin",
                "&eventId=e_1&seqId=seq-1-e_1",
                Map.of(
                        "content-type", "application/json",
                        "user-agent", "tcb-admin-sdk/1.22.0",
                        "x-tcb-source", "wx_unknown,scf"),
                body.getBytes(UTF_8));
    }

    private static SignedRequest call(LiveInvocation invocation) {
        return SignedRequest.of(invocation, "functions.invokeFunction")
                .with("function_name", "sum")
                .with("request_data", "{}");
    }

    private void refused(AdminActions.Request request, String message) {
        int before = room.invoked.size();
        assertThat(AdminRoom.read(room.answer(request)).path("code").asText()).isEqualTo("INVALID_REQUEST_SOURCE");
        assertThat(AdminRoom.read(room.answer(request)).path("message").asText())
                .isEqualTo(message);
        assertThat(room.invoked).hasSize(before);
    }
}
