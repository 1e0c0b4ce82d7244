package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code http://api.weixin.qq.com} without a token, with HTTP clients of the field, from inside instances. */
class RelayClientsTest {
    private static final String WECHAT = "http://api.weixin.qq.com";
    private static final String CHECK = "/wxa/msg_sec_check";
    private static final String CODE = "/wxa/getwxacodeunlimit";
    private static final String IMAGE_CHECK = "/wxa/img_sec_check";
    private static final String PLACES = "/wxa/getnearbypoilist";

    /** The smallest picture there is: one pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @RegisterExtension
    static final Platform platform = new Platform("clients-node", "clients-python");

    private static final boolean HAS_REQUESTS = runs("python3", "-c", "import requests");

    private static Caller alice;

    @BeforeAll
    static void deployAndPermit() throws IOException {
        Path java = platform.folder().copyOf("clients-java", "clients-java");
        Path libraries = Files.createDirectory(java.resolve("lib"));
        for (Path jar : libraries()) {
            Files.copy(jar, libraries.resolve(jar.getFileName()));
        }
        String program = Path.of(System.getProperty("java.home"), "bin/java").toString();
        platform.deploy(java, "--command", program + " -cp 'lib/*' Server.java");
        platform.berth("permissions", "add", CHECK, CODE, IMAGE_CHECK, PLACES).ok();
        alice = platform.as("alice");
    }

    static List<String> clients() {
        return here(
                "clients-node/axios",
                "clients-node/fetch",
                "clients-node/got",
                "clients-node/http",
                "clients-node/curl",
                "clients-python/requests",
                "clients-python/urllib",
                "clients-java/jdk",
                "clients-java/apache");
    }

    static List<String> clientsThatUpload() {
        return here(
                "clients-node/axios",
                "clients-node/fetch",
                "clients-node/got",
                "clients-node/curl",
                "clients-python/requests");
    }

    /** {@code build/test} says loudly when Python's requests is not installed, and installs it for CI. */
    private static List<String> here(String... clients) {
        return Stream.of(clients)
                .filter(client -> HAS_REQUESTS || !client.endsWith("/requests"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("clients")
    @Tag("OA-1")
    @Tag("OA-2")
    void jsonIsAnsweredWithoutAToken(String client) {
        Questions.Told told = Questions.of(alice, client).post(WECHAT + CHECK, "{\"content\":\"你好\"}");
        assertThat(told.error()).isEmpty();
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().path("errcode").isMissingNode()).isFalse();
        assertThat(told.errcode()).isZero();
        assertThat(told.header("x-openapi-seqid")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("clients")
    @Tag("OA-8")
    void queryPassesAsItIs(String client) {
        Questions.Told told =
                Questions.of(alice, client).get(WECHAT + PLACES + "?page=1&page_rows=20&a=%E4%BD%A0&b=1&b=2");
        assertThat(told.error()).isEmpty();
        assertThat(told.json().has("data")).as(told.json().toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("clients")
    @Tag("OA-7")
    void tokenOfTheServicesOwnIsReplaced(String client) {
        Questions.Told told = Questions.of(alice, client)
                .post(WECHAT + CHECK + "?access_token=stale&from=here", "{\"content\":\"hello\"}");
        assertThat(told.error()).isEmpty();
        assertThat(told.errcode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("clients")
    @Tag("OA-1")
    void pictureComesBackAsItIs(String client) {
        Questions.Told told = Questions.of(alice, client).post(WECHAT + CODE, "{\"scene\":\"a=1\"}");
        assertThat(told.error()).isEmpty();
        assertThat(told.header("content-type")).startsWith("image/");
        assertThat(told.body().length).isGreaterThan(500);
        assertThat(told.body()[0]).isIn((byte) 0x89, (byte) 0xFF); // PNG or JPEG
    }

    @ParameterizedTest
    @MethodSource("clientsThatUpload")
    @Tag("OA-8")
    void formWithAFilePasses(String client) {
        Questions.Told told = Questions.of(alice, client)
                .file("media", "pixel.png", "image/png", PNG)
                .ask("POST", WECHAT + IMAGE_CHECK);
        assertThat(told.error()).isEmpty();
        assertThat(told.errcode()).as(told.json().toString()).isZero();
    }

    @ParameterizedTest
    @MethodSource("clients")
    @Tag("OA-15")
    @Tag("OA-25")
    void pathThatIsNotPermittedIsDeniedWithWhatToAdd(String client) {
        Questions.Told told = Questions.of(alice, client).get(WECHAT + "/cgi-bin/getcallbackip");
        assertThat(told.error()).isEmpty();
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.errcode()).isEqualTo(85107);
        assertThat(told.header("x-openapi-seqid")).isNotEmpty();
        assertThat(told.header("x-berth-reason")).contains("berth permissions add /cgi-bin/getcallbackip");
    }

    @Test
    @Tag("OA-5")
    void httpsFailsTheDocumentedWayWithoutTheCertificate() {
        Questions.Told told = Questions.of(alice, "clients-node/http").get("https://api.weixin.qq.com" + PLACES);
        assertThat(told.error()).containsAnyOf("SELF_SIGNED_CERT", "UNABLE_TO_VERIFY", "self-signed certificate");
    }

    @Test
    @Tag("OA-6")
    void nameLeadsToAnAddressOfTheInstanceAlone() {
        assertThat(alice.get("clients-node", "/address").json().path("address").asText())
                .startsWith("127.77.");
    }

    @Test
    @Tag("OA-7")
    void wxJavaWorksWithoutATokenOfItsOwn() {
        Questions.Told told = Questions.of(alice, "clients-java/wxjava")
                .with("appid", "wx1111111111111111")
                .post(WECHAT + CHECK, "{\"content\":\"hello\"}");
        assertThat(told.error()).isEmpty();
        assertThat(told.errcode()).isZero();
    }

    @Test
    @Tag("OA-3")
    void changeOfThePermissionsHoldsAtOnce() {
        platform.berth("permissions", "remove", PLACES).ok();
        assertThat(Questions.of(alice, "clients-node/fetch")
                        .get(WECHAT + PLACES)
                        .errcode())
                .isEqualTo(85107);
        platform.berth("permissions", "add", PLACES).ok();
        assertThat(Questions.of(alice, "clients-node/fetch")
                        .get(WECHAT + PLACES)
                        .json()
                        .has("data"))
                .isTrue();
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the Java service needs: this test's libraries without those of the test itself. */
    private static Set<Path> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .filter(jar -> !jar.toString().matches(".*/(junit|assertj|awaitility|byte-buddy)[^/]*"))
                .collect(Collectors.toSet());
    }
}
