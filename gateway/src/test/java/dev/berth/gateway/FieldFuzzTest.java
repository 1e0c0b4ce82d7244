package dev.berth.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text at all as a path, a length, a host, a name, an address: it is read right or refused, and nothing throws. */
class FieldFuzzTest {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-f.:]+");
    private static final Set<HeaderKind> PASSED_ON =
            Set.of(HeaderKind.FORWARDED, HeaderKind.CONTENT_TYPE, HeaderKind.ORIGIN);
    private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));

    static Stream<byte[]> texts() {
        return Stream.of(
                        "/a/../b",
                        "/%2e%2e/x",
                        "/..%5cx",
                        "/a//..//..",
                        "/.%2E\\..",
                        "/%",
                        "/a?b#c",
                        "X_WX.OPENID",
                        "x-forwarded-for",
                        "content_length",
                        "5",
                        "+5",
                        "000000000000000005",
                        "gateway.test:443",
                        "[::1]:80",
                        "6.6.6.6, 10.0.0.1",
                        "::ffff:10.0.0.1",
                        "fe80::1%eth0",
                        "10.0.0.0/8",
                        "http://localhost:3000")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @Tag("CH-2")
    @Tag("CH-60")
    @Tag("CH-61")
    @Tag("CH-79")
    @DictionaryEntries({"%2e", "%2f", "%5c", "..", "X-WX-", "x_wx_", "x-forwarded-", "proxy", "10.0.0.1", "::", "/8"})
    @MethodSource("texts")
    @FuzzTest(maxDuration = "3s")
    void noTextIsMisread(byte[] input) {
        String text = new String(input, ISO_8859_1);
        checkTarget(text);
        checkName(text);
        checkLength(text);
        checkHost(text);
        checkAddress(text);
        new BrowserOrigins(Set.of(), true).allow(text);
        assertThat(CallIds.callId(text, 0)).matches("[\\x21-\\x7e]{1,128}");
    }

    private static void checkTarget(String target) {
        if (RequestTarget.fault(target).isEmpty()) {
            assertThat(target).startsWith("/").matches("[\\x21\\x22\\x24-\\x7e]+");
            assertThat(deepestClimb(RequestTarget.path(target)))
                    .as("climb of %s", target)
                    .isGreaterThanOrEqualTo(0);
        }
    }

    /** How far below the root a reader gets that decodes everything and takes both slashes for one. */
    private static int deepestClimb(String path) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%') {
                plain.append((char) Integer.parseInt(path.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                plain.append(path.charAt(i));
            }
        }
        Deque<String> folders = new ArrayDeque<>();
        for (String segment : plain.toString().split("[/\\\\]+", -1)) {
            if (segment.equals("..")) {
                if (folders.isEmpty()) {
                    return -1;
                }
                folders.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                folders.addLast(segment);
            }
        }
        return folders.size();
    }

    private static void checkName(String name) {
        if (TOKEN.matcher(name).matches() && PASSED_ON.contains(HeaderKind.of(name))) {
            assertThat(IdentityInvariants.couldBeTakenForReserved(name))
                    .as(name)
                    .isFalse();
        }
    }

    private static void checkLength(String length) {
        Framing framing = new Framing(HttpVersion.HTTP_1_0);
        framing.takeLength(length);
        framing.conclude();
        if (framing.fault().isEmpty()) {
            assertThat(length).matches("[0-9]+");
            assertThat(new java.math.BigInteger(length))
                    .isEqualTo(java.math.BigInteger.valueOf(framing.contentLength()));
        }
    }

    private static void checkHost(String host) {
        Framing framing = new Framing(HttpVersion.HTTP_1_1);
        framing.takeHost(host);
        framing.conclude();
        if (framing.fault().isEmpty()) {
            assertThat(host).matches("[0-9A-Za-z._~%:\\[\\]-]+");
        }
    }

    private static void checkAddress(String forwardedFor) {
        assertThat(PROXIES.clientAddress("192.0.2.7", forwardedFor)).isEqualTo("192.0.2.7");
        assertThat(PROXIES.clientAddress("10.0.0.9", forwardedFor)).matches(ADDRESS);
        try {
            AddressRange.parse(forwardedFor);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
    }
}
