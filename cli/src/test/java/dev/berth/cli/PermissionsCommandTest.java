package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OA-4: the list as text, one path per line. */
class PermissionsCommandTest {
    private static final String SETTINGS = "/api/v1/environments/prod-01/cloud-call";

    @TempDir
    Path folder;

    private final ServerDouble server = new ServerDouble();

    @BeforeEach
    void describe() {
        server.describedIn(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theListTellsTheNamesOfTheApis() {
        server.on("GET " + SETTINGS, """
                {"on":true,"tokens":false,"paths":["/cgi-bin/message/custom/*","/wxa/msg_sec_check","/wxa/new"]}""");

        assertThat(Typed.in(folder, "permissions").out())
                .startsWith("Cloud call in prod-01: on; token file: off\nPATH ")
                .containsPattern("/cgi-bin/message/custom/\\*  [0-9]+ known\n")
                .containsPattern("/wxa/msg_sec_check +[a-zA-Z, ]*security\\.msgSecCheck")
                .containsPattern("/wxa/new +-\n");
        assertThat(Typed.in(folder, "permissions", "--json").out()).startsWith("{\"on\":true,");
    }

    @Test
    void anEmptyListAndAnOpenSwitchSayWhatToDo() {
        server.on("GET /api/v1/environments/prod-02/cloud-call", "{\"on\":false,\"tokens\":true,\"paths\":[]}");

        assertThat(Typed.in(folder, "permissions", "--env", "prod-02").out()).isEqualTo("""
                Cloud call in prod-02: off; token file: on
                  → Every call is refused (41001). Turn it on with: ./berth permissions on
                Services may call nothing yet. Allow something with: ./berth permissions add /wxa/msg_sec_check
                """);
    }

    @Test
    void addsWithANoteForWhatIsNotKnown() {
        server.on("PUT " + SETTINGS + "/paths", """
                {"on":true,"tokens":false,"paths":["/wxa/msgseccheck"],"changed":["/wxa/msgseccheck"]}""");

        Typed typed = Typed.in(folder, "permissions", "add", "/wxa/msgseccheck", "/wxa/msg_sec_check");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).isEqualTo("Services of prod-01 may now call /wxa/msgseccheck.\n");
        assertThat(typed.err())
                .isEqualTo("note: /wxa/msgseccheck is not an API Berth knows; nearest: /wxa/msg_sec_check\n");
        assertThat(server.lastAsked().text()).isEqualTo("{\"paths\":[\"/wxa/msgseccheck\",\"/wxa/msg_sec_check\"]}");
    }

    @Test
    void whatIsThereAlreadyAndWhatIsOffIsTold() {
        server.on("PUT " + SETTINGS + "/paths", "{\"on\":false,\"tokens\":false,\"paths\":[\"/*\"],\"changed\":[]}");

        Typed typed = Typed.in(folder, "permissions", "add", "/*");

        assertThat(typed.out())
                .isEqualTo(
                        "Nothing new: services of prod-01 may call that already, once it is on: ./berth permissions on.\n");
        assertThat(typed.err()).isEmpty();
    }

    @Test
    void removesAndTellsWhatWasNotThere() {
        server.on("DELETE " + SETTINGS + "/paths", "{\"on\":true,\"tokens\":false,\"paths\":[],\"changed\":[\"/a\"]}");

        Typed typed = Typed.in(folder, "permissions", "remove", "/b", "/a");

        assertThat(typed.out()).isEqualTo("Removed from the list of prod-01: /a\n");
        assertThat(typed.err()).isEqualTo("note: /b was not in the list\n");
        assertThat(server.lastAsked().method()).isEqualTo("DELETE");
        assertThat(server.lastAsked().text()).isEqualTo("{\"paths\":[\"/b\",\"/a\"]}");
    }

    @Test
    void setsTheListOfAFileWithCommentsAndBlankLines() throws Exception {
        Files.writeString(
                folder.resolve("list.txt"),
                "\ufeff# what we use\r\n\r\n/wxa/msg_sec_check  # texts\r\n  /wxa/img_sec_check\n");
        server.on("PUT " + SETTINGS, "{\"on\":true,\"tokens\":false,\"paths\":[\"/1\",\"/2\"]}");

        Typed typed = Typed.in(folder, "permissions", "set", "list.txt");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).isEqualTo("Services of prod-01 may now call 2 paths.\n");
        assertThat(server.lastAsked().text()).isEqualTo("{\"paths\":[\"/wxa/msg_sec_check\",\"/wxa/img_sec_check\"]}");
        assertThat(Typed.in(folder, Map.of(), "/wxa/getwxacode\n", "permissions", "set", "-")
                        .exitCode())
                .isZero();
        assertThat(server.lastAsked().text()).isEqualTo("{\"paths\":[\"/wxa/getwxacode\"]}");
    }

    @Test
    void oneWrongLineAndNothingIsSent() {
        String list = "/wxa/msg_sec_check\n\nhttps://api.weixin.qq.com/wxa/img_sec_check\n";

        Typed typed = Typed.in(folder, Map.of(), list, "permissions", "set", "-");

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err())
                .startsWith("error: standard input, line 3: permission: https://api.weixin.qq.com/wxa/img_sec_check")
                .endsWith("  → Write it as: /wxa/img_sec_check\n");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void switchesWithoutTouchingTheList() {
        server.on("PUT " + SETTINGS, "{\"on\":true,\"tokens\":false,\"paths\":[]}");

        assertThat(Typed.in(folder, "permissions", "on").out()).isEqualTo("Cloud call is on in prod-01.\n");
        assertThat(server.lastAsked().text()).isEqualTo("{\"on\":true}");
        assertThat(Typed.in(folder, "permissions", "off").out()).contains("off in prod-01");
        assertThat(server.lastAsked().text()).isEqualTo("{\"on\":false}");
        assertThat(Typed.in(folder, "permissions", "tokens", "on").out()).contains("a token file");
        assertThat(server.lastAsked().text()).isEqualTo("{\"tokens\":true}");
        assertThat(Typed.in(folder, "permissions", "tokens", "off", "--json").out())
                .isEqualTo("{\"on\":true,\"tokens\":false,\"paths\":[]}\n");
        assertThat(server.lastAsked().text()).isEqualTo("{\"tokens\":false}");
    }

    @Test
    void theListOfKnownApisIsThatOfTheSpecification() throws Exception {
        try (var resource = KnownApis.class.getResourceAsStream("openapi-names.json")) {
            assertThat(resource).hasBinaryContent(Files.readAllBytes(Path.of("../docs/spec/openapi-names.json")));
        }
    }
}
