package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.FunctionError;
import dev.berth.core.FunctionId;
import dev.berth.core.FunctionInvoker;
import dev.berth.core.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InvokeActionTest {
    private final AdminRoom room = new AdminRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    @Tag("AD-50")
    @Tag("AD-52")
    void aFunctionCallsAFunctionOfItsEnvironmentAsItsCaller() {
        room.functionReturns = new FunctionInvoker.Returned("{\"sum\":3}");
        JsonNode answer = AdminRoom.read(room.answer(
                call(room.runsForAlice(), "sum", "{\"a\":1,\"s\":\"文\"}").json()));
        assertThat(answer.path("requestId").asText()).isEqualTo("called-1");
        assertThat(answer.path("data").path("response_data").asText()).isEqualTo("{\"sum\":3}");
        assertThat(answer.has("code")).isFalse();
        assertThat(room.invoked).singleElement().satisfies(invocation -> {
            assertThat(invocation.function()).isEqualTo(new FunctionId("prod-01", "sum"));
            assertThat(invocation.event()).isEqualTo("{\"a\":1,\"s\":\"文\"}");
            assertThat(invocation.origin().caller()).contains(AdminRoom.ALICE);
            assertThat(invocation.origin().source()).isEqualTo("wx_client,scf");
            assertThat(invocation.origin().withToken()).isTrue();
        });
    }

    @Test
    @Tag("AD-50")
    void withoutDataTheEventIsEmpty() {
        room.answer(call(room.runsForAlice(), "sum", "").json());
        assertThat(room.invoked)
                .singleElement()
                .satisfies(invocation -> assertThat(invocation.event()).isEqualTo("{}"));
    }

    @Test
    @Tag("AD-10")
    void theEnvironmentMayBeLeftOutOrAnotherOfTheSameApp() {
        room.answer(call(room.runsForAlice(), "sum", "{}").with("envName", "").json());
        room.answer(call(room.runsForAlice(), "sum", "{}")
                .with("envName", "test-01")
                .json());
        assertThat(room.invoked)
                .extracting(invocation -> invocation.function().environmentId())
                .containsExactly("prod-01", "test-01");
    }

    @ParameterizedTest
    @Tag("AD-111")
    @ValueSource(strings = {"shared-01", "closed-01", "none", "No Name"})
    void anEnvironmentOfAnotherAppIsNotReachedByItsName(String environment) {
        JsonNode answer = AdminRoom.read(room.answer(call(room.runsForAlice(), "sum", "{}")
                .with("envName", environment)
                .json()));
        assertThat(answer.path("code").asText()).isEqualTo("INVALIID_ENV");
        assertThat(answer.path("message").asText())
                .endsWith("(expected: prod-01, or cloud.DYNAMIC_CURRENT_ENV; "
                        + "a further one comes with berth up --env ID PATH)");
        assertThat(room.invoked).isEmpty();
        assertThat(room.log).hasSize(1);
    }

    @ParameterizedTest
    @Tag("AD-51")
    @CsvSource({
        "EXECUTION_FAILED, FUNCTIONS_EXECUTE_FAIL",
        "TIMED_OUT, FUNCTIONS_EXECUTE_FAIL",
        "RESULT_TOO_LARGE, FUNCTIONS_EXECUTE_FAIL",
        "UNKNOWN, FUNCTIONS_EXECUTE_FAIL",
        "TOO_MANY, EXCEED_CONCURRENT_REQUEST_LIMIT",
        "EVENT_TOO_LARGE, INVALID_PARAM",
        "EVENT_INVALID, INVALID_PARAM",
        "PLATFORM_FAILED, SYS_ERR"
    })
    void whatGoesWrongHasACode(FunctionError error, String code) {
        room.functionReturns = new FunctionInvoker.Failed(error, "what went wrong");
        JsonNode answer = AdminRoom.read(
                room.answer(call(room.runsForAlice(), "sum", "{}").json()));
        assertThat(answer.path("code").asText()).isEqualTo(code);
        assertThat(answer.path("message").asText()).contains("what went wrong");
        assertThat(answer.path("requestId").asText()).isEqualTo("called-1");
    }

    @Test
    @Tag("AD-51")
    void whatAFunctionThrewIsSaidAsItIs() {
        room.functionReturns =
                new FunctionInvoker.Failed(FunctionError.EXECUTION_FAILED, "Error: no luck\n    at index.js:1");
        JsonNode answer = AdminRoom.read(
                room.answer(call(room.runsForAlice(), "sum", "{}").json()));
        assertThat(answer.path("message").asText()).isEqualTo("Error: no luck\n    at index.js:1");
    }

    @ParameterizedTest
    @Tag("WT-69")
    @ValueSource(strings = {"nothing", "no such/name", ""})
    void aFunctionThatIsNotThereIsSaidSo(String name) {
        room.functionReturns = new FunctionInvoker.Failed(FunctionError.UNKNOWN, "prod-01 has no function " + name);
        JsonNode answer =
                AdminRoom.read(room.answer(call(room.runsForAlice(), name, "{}").json()));
        assertThat(answer.path("message").asText()).contains("FunctionName parameter could not be found");
    }

    @Test
    void aFunctionThatCallsItselfWithoutEndStops() {
        Origin origin = Origin.client(AdminRoom.ALICE, "");
        for (int depth = 0; depth < InvokeAction.DEEPEST; depth++) {
            AdminRoom.read(room.answer(call(room.runs(origin), "sum", "{}").json()));
            assertThat(room.invoked).hasSize(depth + 1);
            origin = origin.throughFunction();
        }
        JsonNode answer =
                AdminRoom.read(room.answer(call(room.runs(origin), "sum", "{}").json()));
        assertThat(answer.path("code").asText()).isEqualTo("FUNCTIONS_EXECUTE_FAIL");
        assertThat(room.invoked).hasSize(InvokeAction.DEEPEST);
        assertThat(room.log).hasSize(1);
    }

    private static SignedRequest call(LiveInvocation invocation, String name, String data) {
        return SignedRequest.of(invocation, "functions.invokeFunction")
                .with("function_name", name)
                .with("request_data", data);
    }
}
