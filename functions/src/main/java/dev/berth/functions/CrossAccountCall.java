package dev.berth.functions;

import static java.util.Objects.requireNonNull;

import berth.wx.Openapi.AuthorizationInfo;
import berth.wx.Openapi.CommOpenApiResp;
import berth.wx.Openapi.TokenApiData;
import com.google.protobuf.ByteString;
import dev.berth.core.DirectorySource;
import dev.berth.core.FunctionId;

/** {@code getCrossAccountToken}: {@code new cloud.Cloud({resourceAppid, resourceEnv}).init()} (AD-49). Thread-safe. */
final class CrossAccountCall {
    /** AD-112. */
    private static final int INVALID_ENV = -501005;

    private static final int UNAUTHORIZED_ENV = -601012;

    private final DirectorySource directory;
    private final CrossAccount crossAccount;

    CrossAccountCall(DirectorySource directory, CrossAccount crossAccount) {
        this.directory = requireNonNull(directory, "directory is null");
        this.crossAccount = requireNonNull(crossAccount, "crossAccount is null");
    }

    CommOpenApiResp answer(LiveInvocation invocation, TokenApiData data) {
        FunctionId function = invocation.version().function();
        String environment = data.getResourceEnv();
        boolean exists = directory
                .current()
                .environment(environment)
                .filter(entry -> entry.environment().appId().equals(data.getResourceAppid()))
                .isPresent();
        if (!exists) {
            return refuse(
                    invocation,
                    INVALID_ENV,
                    "resourceAppid has no environment resourceEnv on this server; see berth envs");
        }
        if (!crossAccount.isGranted(function, environment)) {
            return refuse(
                    invocation,
                    UNAUTHORIZED_ENV,
                    "the environment is not shared with the app of function '%s'; share it with berth grant"
                            .formatted(function.name()));
        }
        CrossAccount.Credentials credentials = crossAccount.credentials(function, environment);
        AuthorizationInfo.Builder info = AuthorizationInfo.newBuilder()
                .setWxParam(AuthorizationInfo.WxParam.newBuilder()
                        .setQbaseTicket(ByteString.EMPTY)
                        .setExtJson("{}")
                        .build()
                        .toByteString());
        info.getTcbCredentialsBuilder()
                .setSecretId(credentials.secretId())
                .setSecretKey(credentials.secretKey())
                .setToken(credentials.token());
        return CommOpenApiResp.newBuilder()
                .setRespData(info.build().toByteString())
                .setHttpCode(200)
                .build();
    }

    private static CommOpenApiResp refuse(LiveInvocation invocation, int code, String text) {
        invocation
                .log()
                .accept(InvocationLog.refused("new cloud.Cloud({resourceEnv}).init()", Integer.toString(code), text));
        return CommOpenApiResp.newBuilder().setErrorCode(code).build();
    }
}
