package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The variables by which an HTTP client inside an instance finds the relay. {@code http_proxy} is always given, because
 * it costs nothing and also serves clients that resolve names by themselves; what costs time or output of the program
 * ({@code NODE_USE_ENV_PROXY}, which loads a second HTTP client, and {@code JAVA_TOOL_OPTIONS}, which writes a line to
 * standard error) is given only where the name has no address of its own. {@code https_proxy} is given only where
 * {@code https://} can work and not without it: whatever else an instance does over TLS stays away from the relay.
 */
final class InstanceVariables {
    static final String CA_FILE = "BERTH_CA_FILE";
    static final String TOKEN_FILE = "BERTH_CLOUDBASE_ACCESS_TOKEN_FILE";

    static final String NO_PROXY = "localhost,127.0.0.1,127.0.0.0/8,::1,[::1]";
    private static final String JAVA_NO_PROXY = "localhost|127.*|[::1]|0.0.0.0";

    private final Map<String, String> variables = new LinkedHashMap<>();

    /** @param host and port of the door for who has a credential */
    InstanceVariables proxy(String instanceId, String credential, String host, int port) {
        both("http_proxy", address(instanceId, credential, host, port));
        both("no_proxy", NO_PROXY);
        return this;
    }

    static String address(String id, String credential, String host, int port) {
        return "http://%s:%s@%s:%d".formatted(URLEncoder.encode(id, UTF_8), credential, host, port);
    }

    /**
     * For want of an address for the name.
     *
     * @param door of the instance alone, where no credential is needed
     */
    InstanceVariables alone(Optional<Door> door, boolean https) {
        variables.put("NODE_USE_ENV_PROXY", "1");
        if (https) {
            both("https_proxy", variables.getOrDefault("http_proxy", ""));
        }
        door.ifPresent(own -> {
            java("-Dhttp.proxyHost=" + own.host());
            java("-Dhttp.proxyPort=" + own.port());
            java("-Dhttp.nonProxyHosts=" + JAVA_NO_PROXY);
            if (https) {
                java("-Dhttps.proxyHost=" + own.host());
                java("-Dhttps.proxyPort=" + own.port());
            }
        });
        return this;
    }

    record Door(String host, int port) {}

    InstanceVariables certificate(Path file) {
        variables.put(CA_FILE, file.toString());
        return this;
    }

    /** OA-5. */
    InstanceVariables trust(TrustFiles files) {
        variables.put("NODE_EXTRA_CA_CERTS", files.own().toString());
        for (String replacing : List.of("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE")) {
            variables.put(replacing, files.bundle().toString());
        }
        java("-Djavax.net.ssl.trustStore=" + files.javaStore());
        java("-Djavax.net.ssl.trustStoreType=JKS");
        return this;
    }

    InstanceVariables tokenFile(Path file) {
        variables.put(TOKEN_FILE, file.toString());
        return this;
    }

    Map<String, String> toMap() {
        return Map.copyOf(variables);
    }

    private void both(String name, String value) {
        variables.put(name, value);
        variables.put(name.toUpperCase(Locale.ROOT), value);
    }

    private void java(String option) {
        List<String> options = new ArrayList<>();
        Optional.ofNullable(variables.get("JAVA_TOOL_OPTIONS")).ifPresent(options::add);
        options.add(option.contains(" ") ? "\"" + option + "\"" : option);
        variables.put("JAVA_TOOL_OPTIONS", String.join(" ", options));
    }
}
