package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.gateway.SeenRequest.Field;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What holds for every request that reaches a service through the native channel, whoever called and by whatever
 * protocol: the identity is there once and true, and nothing stands beside it that a careless reader could take for it.
 */
final class IdentityInvariants {
    /** RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** RFC 9110, section 5.5. */
    private static final Pattern VALUE =
            Pattern.compile("([\\x21-\\x7e\\x80-\\xff]([\\t\\x20-\\x7e\\x80-\\xff]*" + "[\\x21-\\x7e\\x80-\\xff])?)?");

    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7e]*");

    private static final Pattern CALL_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private static final List<String> RESERVED_BEGINNINGS =
            List.of("x-wx-", "x-berth-", "x-forwarded-", "x-original-forwarded-", "x-envoy-", "x-cloudbase-", "proxy-");

    private static final Set<String> RESERVED = Set.of(
            "forwarded",
            "x-forwarded",
            "proxy",
            "x-real-ip",
            "x-client-ip",
            "true-client-ip",
            "via",
            "referer",
            "te",
            "trailer",
            "upgrade",
            "keep-alive",
            "connection",
            "expect",
            "http2-settings");

    private static final Set<String> FRAMING = Set.of("host", "content-length", "transfer-encoding");

    private final Map<String, String> truth;

    private IdentityInvariants(Map<String, String> truth) {
        this.truth = truth;
    }

    /** Alice calls {@code demo} in the environment of her own mini program, from this machine. */
    static IdentityInvariants ofAlice() {
        Map<String, String> truth = new LinkedHashMap<>();
        truth.put("X-WX-OPENID", GatewayFixture.ALICE.openId());
        truth.put("X-WX-APPID", GatewayFixture.ALICE.appId());
        truth.put("X-WX-UNIONID", GatewayFixture.ALICE.unionId().orElseThrow());
        truth.put("X-WX-ENV", TestDirectory.ENV);
        truth.put("X-WX-SOURCE", "wx_client");
        truth.put("X-WX-SERVICE", "demo");
        truth.put("X-Forwarded-For", "127.0.0.1");
        truth.put("X-Original-Forwarded-For", "127.0.0.1");
        truth.put("Referer", "https://servicewechat.com/" + TestDirectory.OWNER + "/0/page-frame.html");
        return new IdentityInvariants(truth);
    }

    /** For a call with this value of {@code X-WX-EXCLUDE-CREDENTIALS} (CH-56). */
    IdentityInvariants excluding(String list) {
        Map<String, String> rest = new LinkedHashMap<>(truth);
        for (String name : list.split(",", -1)) {
            String credential = name.strip().toLowerCase(Locale.ROOT);
            if (credential.equals("openid") || credential.equals("unionid")) {
                rest.remove("X-WX-" + credential.toUpperCase(Locale.ROOT));
            }
        }
        return new IdentityInvariants(rest);
    }

    Map<String, String> truth() {
        return truth;
    }

    void check(SeenRequest seen) {
        assertThat(seen.target()).matches(TARGET);
        Map<String, String> expected = new LinkedHashMap<>(truth);
        expected.put("X-WX-CONTAINER-PATH", seen.target());
        List<String> callIds = seen.all("X-WX-CALL-ID");
        assertThat(callIds)
                .as("X-WX-CALL-ID of %s", seen)
                .hasSize(1)
                .first()
                .satisfies(id -> assertThat(id).matches(CALL_ID));
        expected.put("X-WX-CALL-ID", callIds.getFirst());

        expected.forEach((name, value) ->
                assertThat(seen.all(name)).as("%s of %s", name, seen).containsExactly(value));
        for (Field field : seen.fields()) {
            assertThat(field.name()).as("a name in %s", seen).matches(TOKEN);
            assertThat(field.value()).as("%s in %s", field.name(), seen).matches(VALUE);
            assertThat(isOf(expected.keySet(), field.name()) || !couldBeTakenForReserved(field.name()))
                    .as("%s stands beside the identity in %s", field, seen)
                    .isTrue();
        }
        assertThat(seen.fields().stream().filter(IdentityInvariants::framesTheBody))
                .as("framing of %s", seen)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(seen.fields().stream().filter(field -> looksLike(field.name(), Set.of("host"))))
                .as("Host of %s", seen)
                .hasSizeLessThanOrEqualTo(1);
    }

    /**
     * Of all bytes that a service got over one connection: they hold no request that only some readers find.
     *
     * @return how many complete requests there are
     */
    int checkConnection(String bytes, String session) {
        List<WireReader.Found> strict = WireReader.STRICT.read(bytes);
        for (WireReader reader : WireReader.values()) {
            assertThat(reader.read(bytes).stream().map(WireReader.Found::end))
                    .as("ends of the requests as read by %s in: %s", reader, bytes)
                    .isEqualTo(strict.stream().map(WireReader.Found::end).toList());
        }
        for (WireReader.Found found : strict) {
            check(found.request());
            assertThat(found.request().fields().toString())
                    .doesNotContainIgnoringCase("mallory")
                    .doesNotContain(session);
        }
        return (int) strict.stream().filter(found -> found.request().complete()).count();
    }

    private static boolean isOf(Set<String> names, String name) {
        return names.stream().anyMatch(name::equals);
    }

    private static boolean framesTheBody(Field field) {
        return looksLike(field.name(), Set.of("content-length", "transfer-encoding"));
    }

    private static boolean looksLike(String name, Set<String> names) {
        return readings(name).stream().anyMatch(names::contains);
    }

    /** Whether some reader, however careless, could see a header here that only the gateway may write. */
    static boolean couldBeTakenForReserved(String name) {
        boolean exactFraming = FRAMING.contains(name.toLowerCase(Locale.ROOT));
        return readings(name).stream()
                .anyMatch(reading -> RESERVED.contains(reading)
                        || (FRAMING.contains(reading) && !exactFraming)
                        || RESERVED_BEGINNINGS.stream().anyMatch(reading::startsWith));
    }

    /** How a name reads without case, with all signs alike, cut at NUL, trimmed, and with other letters made ASCII. */
    private static List<String> readings(String name) {
        String cut = name.indexOf('\0') < 0 ? name : name.substring(0, name.indexOf('\0'));
        String text = new String(name.getBytes(ISO_8859_1), UTF_8);
        List<String> readings = new ArrayList<>();
        for (String form : List.of(name, cut, text, Normalizer.normalize(text, Normalizer.Form.NFKC))) {
            readings.add(plain(form));
            readings.add(plain(form.toUpperCase(Locale.ROOT))); // ſ becomes S
            readings.add(plain(form.replaceAll("[^\\x21-\\x7e]", "")));
        }
        return readings;
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    }
}
