package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.BerthException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server that runs here, if one does: how it stands, and whether it can do its work. */
record ServerChecks(Machine machine, Optional<RunningServer> server, String ownVersion) {
    private static final String WECHAT = "https://api.weixin.qq.com/";

    List<Finding> all() {
        if (server.isEmpty()) {
            return List.of(Finding.fine("Server", "none runs here; start one with: ./berth up"));
        }
        try {
            ManagementApi api = new ManagementApi(server.get(), new Http());
            return look(api, api.get(ApiPath.of("status")));
        } catch (BerthException refused) {
            return List.of(unreachable(refused));
        }
    }

    private Finding unreachable(BerthException refused) {
        String code = refused.problem().code();
        return code.equals("SERVER_NOT_RUNNING")
                ? Finding.warning(
                        "Server",
                        refused.problem().message(),
                        "It ended without saying so. Start it again: ./berth up. Why it ended may be in %s"
                                .formatted(server.orElseThrow().data().resolve("logs/server.log")))
                : Finding.problem(
                        "Server", refused.problem().message(), refused.problem().hint());
    }

    private List<Finding> look(ManagementApi api, JsonNode status) {
        List<Finding> findings = new ArrayList<>();
        String version = status.path("version").asText();
        String says = "Berth %s, pid %d, %s"
                .formatted(
                        version,
                        status.path("pid").asLong(),
                        status.path("doors").path("gateway").asText());
        findings.add(
                ownVersion.isEmpty() || ownVersion.equals(version)
                        ? Finding.fine("Server", says)
                        : Finding.warning(
                                "Server",
                                "%s, but this command is of %s".formatted(says, ownVersion),
                                "Restart it, so that both are the same: ./berth down && ./berth up"));
        findings.addAll(services(api, status.path("environment").asText()));
        findings.add(cloudCall(status.path("cloudCall")));
        findings.add(weChat(status, baseUrl(api)));
        return findings;
    }

    private static List<Finding> services(ManagementApi api, String environment) {
        List<Finding> failing = FailingService.all(api, environment).stream()
                .map(service -> Finding.warning("Service", service.says(), service.todo()))
                .toList();
        return failing.isEmpty() ? List.of(Finding.fine("Services", "none fails")) : failing;
    }

    private static Finding cloudCall(JsonNode way) {
        String says = "works " + Table.cell(way.path("reason"));
        return way.path("byAddress").asBoolean()
                ? Finding.fine("Cloud call", says)
                : Finding.warning(
                        "Cloud call",
                        says,
                        "Mend that and restart the server; or look whether your HTTP client obeys http_proxy.");
    }

    private static String baseUrl(ManagementApi api) {
        for (JsonNode setting : api.get(ApiPath.of("config")).path("settings")) {
            if (setting.path("key").asText().equals("wechat.base-url")) {
                return setting.path("value").asText();
            }
        }
        return "";
    }

    private Finding weChat(JsonNode status, String baseUrl) {
        if (baseUrl.isEmpty() && status.path("simulator").asBoolean()) {
            return Finding.fine("WeChat", "simulated; the real one is not asked");
        }
        URI address = URI.create(baseUrl.isEmpty() ? WECHAT : baseUrl);
        String shown = baseUrl.isEmpty() ? address.getHost() : "%s (wechat.base-url)".formatted(baseUrl);
        return machine.faultOfReaching(address)
                .map(fault -> Finding.problem(
                        "WeChat",
                        "%s does not answer: %s".formatted(shown, fault),
                        baseUrl.isEmpty()
                                ? "Nobody can sign in without it. Let this machine out to port 443 of that host, or work "
                                        + "offline: simulator.enabled: true"
                                : "Nobody can sign in without it. Start what is to answer there, or correct "
                                        + "wechat.base-url."))
                .orElseGet(() -> Finding.fine("WeChat", shown + " answers"));
    }
}
