package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.Caller;
import dev.berth.core.CloudIdOpener;
import dev.berth.core.FunctionInvoker.Invocation;
import dev.berth.core.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class InvocationEventTest {
    private static final Origin CLIENT = Origin.client(HostRoom.ALICE, "");
    private final List<String> asked = new ArrayList<>();
    private CloudIdOpener opener = (app, user, id) -> {
        asked.add(app + " " + user.orElse("anybody") + " " + id);
        return new CloudIdOpener.Opened("{\"step\":12345678901234567890}");
    };

    @Test
    @Tag("AD-75")
    void addsWhoCallsAndLeavesAllElseAsItWasWritten() {
        String sent = "{ \"$url\":\"a/b\", \"n\":1.0, \"big\":12345678901234567890, \"e\":1E400 , \"s\":\"\\u4e91\"} ";

        assertThat(text(sent, Map.of(), CLIENT))
                .isEqualTo(
                        "{ \"$url\":\"a/b\", \"n\":1.0, \"big\":12345678901234567890, \"e\":1E400 , \"s\":\"\\u4e91\","
                                + "\"userInfo\":{\"openId\":\"oALICE\",\"appId\":\"wx1111111111111111\"}}");
        assertThat(text(" { } ", Map.of(), CLIENT))
                .isEqualTo(" {\"userInfo\":{\"openId\":\"oALICE\",\"appId\":\"wx1111111111111111\"}}");
    }

    @Test
    @Tag("AD-75")
    void letsNobodySayWhoHeIs() throws IOException {
        JsonNode event = json("{\"userInfo\":{\"openId\":\"oBOB\"},\"a\":1}", Map.of(), CLIENT);

        assertThat(event.at("/userInfo/openId").textValue()).isEqualTo("oALICE");
        assertThat(event.at("/a").intValue()).isEqualTo(1);
    }

    @Test
    @Tag("AD-75")
    void addsNobodyForATimerAnOperatorOrAFunctionThatCalls() {
        assertThat(text("{\"a\":1}", Map.of(), Origin.timer())).isEqualTo("{\"a\":1}");
        assertThat(text("{\"a\":1}", Map.of(), Origin.operator())).isEqualTo("{\"a\":1}");
        assertThat(text("{\"a\":1}", Map.of(), CLIENT.throughFunction())).isEqualTo("{\"a\":1}");
    }

    @Test
    @Tag("AD-76")
    void putsOpenedDataWhereTheCloudIdWas() throws IOException {
        Invocation invocation = invocation("{\"a\":1}", Map.of("weRunData", "43_x"), CLIENT);
        InvocationEvent event = new InvocationEvent(invocation, HostRoom.OWNER, opener);

        assertThat(event.text().text())
                .startsWith("{\"a\":1,\"weRunData\":{\"cloudID\":\"43_x\",\"data\":{\"step\":12345678901234567890}},");
        assertThat(event.opened()).containsExactly("weRunData");
        assertThat(asked).containsExactly("wx1111111111111111 oALICE 43_x");
    }

    @Test
    @Tag("AD-76")
    void opensForTheCallersOwnAppAndForAnybodyWithoutCaller() {
        Caller guest = new Caller("wx2222222222222222", "oGUEST", Optional.empty());

        assertThat(text("{}", Map.of("k", "1"), Origin.client(guest, ""))).contains("cloudID");
        assertThat(text("{}", Map.of("k", "2"), Origin.operator())).contains("cloudID");
        assertThat(asked).containsExactly("wx2222222222222222 oGUEST 1", "wx1111111111111111 anybody 2");
    }

    @Test
    @Tag("AD-76")
    void saysWhyACloudIdWasNotOpened() {
        opener = (_, _, _) -> new CloudIdOpener.Unopened(-601006, "cloudID expired.");
        Invocation invocation = invocation("{}", Map.of("k", "43_\"x"), Origin.timer());
        InvocationEvent event = new InvocationEvent(invocation, HostRoom.OWNER, opener);

        assertThat(event.text().text())
                .isEqualTo("{\"k\":{\"cloudID\":\"43_\\\"x\",\"errCode\":-601006,\"errMsg\":\"cloudID expired.\"}}");
        assertThat(event.opened()).isEmpty();
    }

    @Test
    @Tag("AD-76")
    void leavesTheSixthAndLaterAsTheyAre() throws IOException {
        Map<String, String> seven = new LinkedHashMap<>();
        for (int i = 1; i <= 7; i++) {
            seven.put("k" + i, "43_" + i);
        }

        JsonNode event = json("{}", seven, Origin.timer());

        assertThat(event.at("/k5/data").isObject()).isTrue();
        assertThat(event.at("/k6").textValue()).isEqualTo("43_6");
        assertThat(event.at("/k7").textValue()).isEqualTo("43_7");
        assertThat(asked).hasSize(5);
    }

    private JsonNode json(String event, Map<String, String> cloudIds, Origin origin) throws IOException {
        return new ObjectMapper().readTree(text(event, cloudIds, origin));
    }

    private String text(String event, Map<String, String> cloudIds, Origin origin) {
        return new InvocationEvent(invocation(event, cloudIds, origin), HostRoom.OWNER, opener)
                .text()
                .text();
    }

    private static Invocation invocation(String event, Map<String, String> cloudIds, Origin origin) {
        return new Invocation(HostRoom.id("f"), event, cloudIds, origin, false);
    }
}
