package dev.berth.server;

import dev.berth.core.Session;
import dev.berth.gateway.AllowedMethods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The whole configuration, typed. Read by {@link Configuration}; the keys are the names here in kebab-case. A value that
 * cannot be right, whatever the others are, is refused with {@link IllegalArgumentException}; what must fit together is
 * in {@link ConfigRules#misfit}. Every key is described in docs/configuration.md.
 *
 * @param data the data folder
 */
public record ServerConfig(
        Path data,
        Gateway gateway,
        Sessions sessions,
        Management management,
        Inward inward,
        Simulator simulator,
        WeChat wechat,
        Instances runtime,
        Functions functions,
        Logs logs,
        Compat compat) {

    /**
     * @param port 0 for a free one
     * @param origins of pages that may call, such as {@code https://shop.example.com}
     * @param trustedProxies addresses and ranges of proxies whose word about a caller's address is believed
     * @param connections of callers, open at once
     * @param headWithin so soon after its first byte the head of a request must be complete
     */
    public record Gateway(
            String host,
            int port,
            List<String> origins,
            Tls tls,
            List<String> trustedProxies,
            int connections,
            Duration headWithin) {
        public Gateway {
            ConfigRules.requireHost(host);
            ConfigRules.requirePort(port);
            origins = List.copyOf(origins);
            origins.forEach(ConfigRules::requireOrigin);
            trustedProxies = List.copyOf(trustedProxies);
            ConfigRules.requireProxies(trustedProxies);
            ConfigRules.requireBetween("connections", connections, 1, 1_000_000);
            ConfigRules.requireBetween("head-within", headWithin, Duration.ofSeconds(1), Duration.ofMinutes(1));
        }
    }

    /**
     * @param unused a session not used for so long is over
     * @param longest a session is over after so long in any case
     */
    public record Sessions(Duration unused, Duration longest) {
        private static final Duration LEAST = Duration.ofMinutes(1);
        private static final Duration MOST = Duration.ofDays(365);

        public Sessions {
            ConfigRules.requireBetween("unused", unused, LEAST, MOST);
            ConfigRules.requireBetween("longest", longest, LEAST, MOST);
        }

        Session.Lifetime lifetime() {
            return new Session.Lifetime(unused, longest);
        }
    }

    /**
     * @param port 0 for a free one
     * @param keptCalls how many of the latest calls can be asked for
     */
    public record Management(String host, int port, Tls tls, MetricsAccess metrics, int keptCalls) {
        public Management {
            ConfigRules.requireHost(host);
            ConfigRules.requirePort(port);
            ConfigRules.requireBetween("kept-calls", keptCalls, 1, 100_000);
        }
    }

    /**
     * The door of instances.
     *
     * @param port 0 for a free one
     * @param ownAddresses whether {@code api.weixin.qq.com} gets an address inside each instance, where that is possible
     * @param trustCa whether instances are told to trust Berth's own certificate authority
     */
    public record Inward(String host, int port, boolean ownAddresses, boolean trustCa) {
        public Inward {
            ConfigRules.requireHost(host);
            ConfigRules.requirePort(port);
        }
    }

    /**
     * @param port 0 for a free one
     * @param acceptUnknownCodes whether a code that the simulator did not make signs in the default user
     */
    public record Simulator(boolean enabled, int port, boolean acceptUnknownCodes) {
        public Simulator {
            ConfigRules.requirePort(port);
        }
    }

    /**
     * @param baseUrl where WeChat is; empty for the simulator if that is on, else for the real one
     * @param connections to WeChat, open at once
     * @param answerWithin the longest silence of WeChat
     */
    public record WeChat(String baseUrl, int connections, Duration answerWithin) {
        public WeChat {
            ConfigRules.requireBaseUrl(baseUrl);
            ConfigRules.requireBetween("connections", connections, 1, 10_000);
            ConfigRules.requireBetween("answer-within", answerWithin, Duration.ofSeconds(1), Duration.ofMinutes(5));
        }
    }

    /**
     * @param ports the ports that instances may be given, such as {@code 20000-29999}
     * @param readyWithin so long the port of an instance may take to open
     * @param stopGrace so long an instance that was asked to end may take
     */
    public record Instances(String ports, Duration readyWithin, Duration stopGrace) {
        public Instances {
            PortRanges.parse(ports);
            ConfigRules.requireBetween("ready-within", readyWithin, Duration.ofSeconds(1), Duration.ofMinutes(10));
            ConfigRules.requireBetween("stop-grace", stopGrace, Duration.ofSeconds(1), Duration.ofMinutes(10));
        }
    }

    /**
     * Cloud functions.
     *
     * @param concurrency invocations of one function at the same time
     * @param longest the upper bound of a function's time limit
     * @param loadWithin so long a host may take to load a function
     * @param warm hosts kept ready per function, loaded and never invoked
     * @param keepIdle a host that nobody used for so long goes
     * @param idleMemory that hosts without an invocation may use together
     * @param timeZone of triggers
     */
    public record Functions(
            int concurrency,
            Duration longest,
            Duration loadWithin,
            int warm,
            Duration keepIdle,
            DataSize idleMemory,
            String timeZone) {
        public Functions {
            ConfigRules.requireBetween("concurrency", concurrency, 1, 1000);
            ConfigRules.requireBetween("longest", longest, Duration.ofSeconds(1), Duration.ofMinutes(15));
            ConfigRules.requireBetween("load-within", loadWithin, Duration.ofSeconds(1), Duration.ofMinutes(2));
            ConfigRules.requireBetween("warm", warm, 0, 20);
            ConfigRules.requireBetween("keep-idle", keepIdle, Duration.ofSeconds(1), Duration.ofDays(1));
            ConfigRules.requireBetween("idle-memory", idleMemory, new DataSize(0), DataSize.ofMebibytes(1024 * 1024));
            ConfigRules.requireTimeZone(timeZone);
        }
    }

    /**
     * The server's own log, {@code <data>/logs/server.log}, and those of services and functions.
     *
     * @param serverSize of one file
     * @param serverFiles how many files are kept, the newest included
     * @param serviceSize of one file of a service's or function's log; one predecessor is kept
     */
    public record Logs(LogFormat format, DataSize serverSize, int serverFiles, DataSize serviceSize) {
        private static final DataSize LEAST = new DataSize(64 * 1024);
        private static final DataSize MOST = DataSize.ofMebibytes(1024);

        public Logs {
            ConfigRules.requireBetween("server-size", serverSize, LEAST, MOST);
            ConfigRules.requireBetween("server-files", serverFiles, 1, 100);
            ConfigRules.requireBetween("service-size", serviceSize, LEAST, MOST);
        }
    }

    /** The named switches of docs/spec/README.md. */
    public record Compat(AllowedMethods callcontainerMethods, UnlistedPath openapiDeny) {}

    /** What {@code berth up} runs with: offline, in {@code .berth} of the current folder. */
    public static ServerConfig forUp(Path folder) {
        return defaults(folder.resolve(".berth"), true);
    }

    /** What {@code berth serve} runs with unless its file says otherwise. */
    public static ServerConfig forServe(Path folder) {
        return defaults(folder.resolve(".berth"), false);
    }

    private static ServerConfig defaults(Path data, boolean simulated) {
        return new ServerConfig(
                data,
                new Gateway("127.0.0.1", 7080, List.of(), Tls.NONE, List.of(), 10_000, Duration.ofSeconds(10)),
                new Sessions(Session.Lifetime.DEFAULT.unused(), Session.Lifetime.DEFAULT.longest()),
                new Management("127.0.0.1", 7081, Tls.NONE, MetricsAccess.TOKEN, 1000),
                new Inward("127.0.0.1", 7082, true, false),
                new Simulator(simulated, 7083, simulated),
                new WeChat("", 64, Duration.ofSeconds(30)),
                new Instances("20000-29999", Duration.ofSeconds(60), Duration.ofSeconds(10)),
                new Functions(
                        20,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(15),
                        1,
                        Duration.ofMinutes(10),
                        DataSize.ofMebibytes(1024),
                        "Asia/Shanghai"),
                new Logs(LogFormat.TEXT, DataSize.ofMebibytes(10), 2, DataSize.ofMebibytes(10)),
                new Compat(AllowedMethods.DOCUMENTED, UnlistedPath.ERRCODE_85107));
    }
}
