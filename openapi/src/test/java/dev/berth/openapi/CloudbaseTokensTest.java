package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.openapi.RelayFixture.Inside;
import dev.berth.openapi.RelayFixture.Response;
import dev.berth.openapi.RelayFixture.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("OA-26")
@Tag("OA-27")
@Tag("OA-28")
@Tag("CH-49")
class CloudbaseTokensTest {
    private static final byte[] KEY = new byte[32];

    @TempDir
    Path folder;

    private RelayFixture berth;

    @BeforeEach
    void start() {
        berth = new RelayFixture(folder);
        berth.cloudCall = berth.cloudCall.withTokens(true);
    }

    @AfterEach
    void stop() {
        berth.close();
    }

    @Test
    void saysForWhichAppItAsks() throws IOException {
        String token = berth.openApi.cloudbaseTokens().issue(RelayFixture.ENV, RelayFixture.GRANTED);

        assertThat(ask("cloudbase_access_token=" + token).body()).contains("\"errcode\":0");
        assertThat(berth.records.getLast().appId()).isEqualTo(RelayFixture.GRANTED);
        assertThat(berth.weChat.seen("/x").getFirst().query()).doesNotContain(token);
    }

    @Test
    void givesWayToFromAppid() throws IOException {
        String token = berth.openApi.cloudbaseTokens().issue(RelayFixture.ENV, RelayFixture.GRANTED);

        ask("cloudbase_access_token=" + token + "&from_appid=" + RelayFixture.OWNER);
        assertThat(berth.records.getLast().appId()).isEqualTo(RelayFixture.OWNER);
    }

    @Test
    @Tag("OA-7")
    void isReplacedIfItIsNoneOfThisEnvironment() throws IOException {
        String token = berth.openApi.cloudbaseTokens().issue(RelayFixture.ENV, RelayFixture.GRANTED);
        String elsewhere = berth.openApi.cloudbaseTokens().issue("prod-02", RelayFixture.GRANTED);
        String forged =
                new SignedCloudbaseTokens(new byte[] {1}, berth::now).issue(RelayFixture.ENV, RelayFixture.GRANTED);
        for (String other : new String[] {
            "x", "bct1.a.b", "bct1.a", token + "x", token.substring(0, token.length() - 2), elsewhere, forged
        }) {
            assertThat(ask("cloudbase_access_token=" + other).body()).as(other).contains("\"errcode\":0");
            assertThat(berth.records.getLast().appId()).as(other).isEqualTo(RelayFixture.OWNER);
        }
    }

    @Test
    @Tag("OA-19")
    void expiresAfterHalfAnHour() throws IOException {
        String token = berth.openApi.cloudbaseTokens().issue(RelayFixture.ENV, RelayFixture.GRANTED);
        berth.secondsAhead.set(1790);
        assertThat(ask("cloudbase_access_token=" + token).body()).contains("\"errcode\":0");

        berth.secondsAhead.set(1800);
        Response expired = ask("cloudbase_access_token=" + token);
        assertThat(expired.status()).isEqualTo(200);
        assertThat(expired.body()).contains("42001").contains("access_token expired rid: ");
        assertThat(expired.header("x-openapi-seqid")).isNotEmpty();
        assertThat(expired.header("x-berth-reason")).contains("expired");
        assertThat(berth.weChat.seen("/x")).hasSize(1);
        assertThat(berth.records.getLast().errcode()).isEqualTo(42001);
    }

    @Test
    void isJustAnotherValueWhileTheFunctionIsOff() throws IOException {
        String token = berth.openApi.cloudbaseTokens().issue(RelayFixture.ENV, RelayFixture.GRANTED);
        berth.cloudCall = berth.cloudCall.withTokens(false);

        ask("cloudbase_access_token=" + token);
        assertThat(berth.records.getLast().appId()).isEqualTo(RelayFixture.OWNER);
        assertThat(berth.admit("demo-001-bbbb").admission.surroundings().files())
                .isEmpty();
    }

    @Test
    void liesInAFileWithoutALineEnd() throws IOException {
        Inside inside = berth.admit("demo-001-bbbb");
        Map<Path, Path> files = inside.admission.surroundings().files();
        assertThat(files).containsOnlyKeys(Path.of("/.tencentcloudbase/wx"));
        Path file = files.values().iterator().next().resolve("cloudbase_access_token");
        String first = Files.readString(file);

        assertThat(first).doesNotContain("\n");
        assertThat(inside.admission.variables()).containsEntry("BERTH_CLOUDBASE_ACCESS_TOKEN_FILE", file.toString());
        ask("cloudbase_access_token=" + first);
        assertThat(berth.records.getLast().appId()).isEqualTo(RelayFixture.OWNER);
    }

    @Test
    void isReplacedAndGoesWithTheFunction() throws IOException {
        SignedCloudbaseTokens tokens = new SignedCloudbaseTokens(KEY, berth::now);
        TokenFiles files = new TokenFiles(folder.resolve("own"), berth::directory, tokens);
        Path own = files.open(RelayFixture.ENV).orElseThrow().resolve(TokenFiles.NAME);
        String first = Files.readString(own);

        berth.secondsAhead.set(600);
        files.replaceAll();
        String second = Files.readString(own);
        assertThat(second).isNotEqualTo(first);
        berth.secondsAhead.set(1900);
        assertThat(tokens.verify(first)).isInstanceOf(SignedCloudbaseTokens.Lapsed.class);
        assertThat(tokens.verify(second))
                .isEqualTo(new SignedCloudbaseTokens.Valid(RelayFixture.ENV, RelayFixture.OWNER));
        try (var names = Files.list(own.getParent())) {
            assertThat(names).containsExactly(own);
        }

        berth.cloudCall = berth.cloudCall.withTokens(false);
        files.replaceAll();
        assertThat(own).doesNotExist();
        assertThat(files.open(RelayFixture.ENV)).isEmpty();
    }

    @Test
    void holdsNoKey() {
        String token = new SignedCloudbaseTokens(
                        "a-key-that-is-secret".getBytes(java.nio.charset.StandardCharsets.UTF_8), berth::now)
                .issue("e", "wx1111");
        String content = Arrays.stream(token.split("\\.", -1))
                .map(part -> part.equals("bct1")
                        ? ""
                        : new String(
                                java.util.Base64.getUrlDecoder().decode(part),
                                java.nio.charset.StandardCharsets.ISO_8859_1))
                .reduce("", String::concat);

        assertThat(token).matches("[A-Za-z0-9._-]+");
        assertThat(content).startsWith("e|wx1111|").doesNotContain("secret");
    }

    private Response ask(String query) throws IOException {
        Inside inside = berth.admit("demo-001-aaaa");
        try (Wire wire = inside.byName()) {
            return wire.send("GET /x?" + query + " HTTP/1.1", "Host: api.weixin.qq.com")
                    .response();
        } finally {
            inside.admission.close();
        }
    }
}
