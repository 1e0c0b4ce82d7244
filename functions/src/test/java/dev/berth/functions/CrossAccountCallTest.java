package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import berth.wx.Openapi.AuthorizationInfo;
import berth.wx.Openapi.CommApiData;
import berth.wx.Openapi.CommOpenApiResp;
import berth.wx.Openapi.TokenApiData;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.core.AdminActions;
import dev.berth.core.FunctionId;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("AD-49")
final class CrossAccountCallTest {
    private final AdminRoom room = new AdminRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void theRequestIsAsCaptured() {
        assertThat(HexFormat.of().formatHex(data("wxRES", "res-env").toByteArray()))
                .isEqualTo("08032a100a05777852455312077265732d656e76");
    }

    @Test
    void aFunctionCallsOneOfAnAppThatSharesItsEnvironment() throws InvalidProtocolBufferException {
        LiveInvocation alices = room.runsForAlice();
        room.answer(shared(alices, credentials(alices)));
        assertThat(room.invoked).singleElement().satisfies(invocation -> {
            assertThat(invocation.function()).isEqualTo(new FunctionId("shared-01", "sum"));
            assertThat(invocation.origin().caller()).contains(AdminRoom.ALICE);
        });
    }

    /** The SDK asks once and keeps them. */
    @Test
    void credentialsOutliveTheInvocationButCountBesideALiveOneOnly() throws InvalidProtocolBufferException {
        LiveInvocation first = room.runsForAlice();
        AuthorizationInfo kept = credentials(first);
        room.hasEnded(first);
        room.answer(shared(room.runsForAlice(), kept));
        assertThat(room.invoked).hasSize(1);
        refused(shared(first, kept));
    }

    @Test
    void whenTheGrantEndsSoDoTheCredentials() throws InvalidProtocolBufferException {
        LiveInvocation alices = room.runsForAlice();
        AuthorizationInfo kept = credentials(alices);
        room.grants = Set.of();
        refused(shared(alices, kept));
    }

    @Test
    void theyAreOfOneEnvironmentAndGoWithTheirToken() throws InvalidProtocolBufferException {
        LiveInvocation alices = room.runsForAlice();
        AuthorizationInfo kept = credentials(alices);
        refused(request(alices, kept).with("envName", "test-01").json());
        refused(request(alices, kept).with("sessionToken", "other").json());
    }

    @ParameterizedTest
    @CsvSource({
        "wx2222222222222222, closed-01, -601012",
        "wx1111111111111111, shared-01, -501005",
        "wx2222222222222222, none, -501005"
    })
    void anEnvironmentThatIsNotSharedIsRefused(String app, String environment, int code)
            throws InvalidProtocolBufferException {
        CommOpenApiResp answer = answer(room.runsForAlice(), app, environment);
        assertThat(answer)
                .isEqualTo(CommOpenApiResp.newBuilder().setErrorCode(code).build());
        assertThat(room.log).singleElement().asString().contains("(%d): ".formatted(code));
    }

    private void refused(AdminActions.Request request) {
        int before = room.invoked.size();
        assertThat(AdminRoom.read(room.answer(request)).path("code").asText()).isEqualTo("INVALID_REQUEST_SOURCE");
        assertThat(room.invoked).hasSize(before);
    }

    private AuthorizationInfo credentials(LiveInvocation invocation) throws InvalidProtocolBufferException {
        CommOpenApiResp answer = answer(invocation, AdminRoom.OTHER_APP, "shared-01");
        AuthorizationInfo info = AuthorizationInfo.parseFrom(answer.getRespData());
        assertThat(AuthorizationInfo.WxParam.parseFrom(info.getWxParam()).getExtJson())
                .isEqualTo("{}");
        return info;
    }

    private CommOpenApiResp answer(LiveInvocation invocation, String app, String environment)
            throws InvalidProtocolBufferException {
        return CommOpenApiResp.parseFrom(room.answer(SignedRequest.of(invocation, "wx.openApi")
                        .with("apiName", "getCrossAccountToken")
                        .with("requestData", data(app, environment).toByteArray())
                        .form())
                .body());
    }

    private static AdminActions.Request shared(LiveInvocation invocation, AuthorizationInfo info) {
        return request(invocation, info).json();
    }

    private static SignedRequest request(LiveInvocation invocation, AuthorizationInfo info) {
        AuthorizationInfo.TcbCredentials credentials = info.getTcbCredentials();
        return SignedRequest.of(invocation, "functions.invokeFunction")
                .with("function_name", "sum")
                .with("request_data", "{}")
                .with("envName", "shared-01")
                .with("sessionToken", credentials.getToken())
                .with("crossAuthorizationToken", "eyJtcFRva2VuIjoiIn0=")
                .signedBy(credentials.getSecretId(), credentials.getSecretKey());
    }

    private static CommApiData data(String app, String environment) {
        return CommApiData.newBuilder()
                .setApiType(CommApiData.ApiType.TOKEN_API)
                .setTokenData(TokenApiData.newBuilder().setResourceAppid(app).setResourceEnv(environment))
                .build();
    }
}
