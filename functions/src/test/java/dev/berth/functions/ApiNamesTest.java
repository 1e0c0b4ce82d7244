package dev.berth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiNamesTest {
    private static final ApiNames NAMES = ApiNames.known();

    /** One of each row of the specification's section 14. */
    @ParameterizedTest
    @Tag("AD-84")
    @CsvSource({
        "templateMessage.getTemplateLibraryById, POST, /cgi-bin/wxopen/template/library/get",
        "uniformMessage.send, POST, /cgi-bin/message/wxopen/template/uniform_send",
        "subscribeMessage.send, POST, /cgi-bin/message/subscribe/send",
        "customerServiceMessage.send, POST, /cgi-bin/message/custom/send",
        "customerServiceMessage.uploadTempMedia, POST, /cgi-bin/media/upload",
        "customerServiceMessage.getTempMedia, GET, /cgi-bin/media/get",
        "customerServiceMessage.setTyping, POST, /cgi-bin/message/custom/typing",
        "wxacode.get, POST, /wxa/getwxacode",
        "wxacode.getUnlimited, POST, /wxa/getwxacodeunlimit",
        "wxacode.createQRCode, POST, /cgi-bin/wxaapp/createwxaqrcode",
        "security.imgSecCheck, POST, /wxa/img_sec_check",
        "security.mediaCheckAsync, POST, /wxa/media_check_async",
        "updatableMessage.createActivityId, GET, /cgi-bin/message/wxopen/activityid/create",
        "urlscheme.generateNFCScheme, POST, /wxa/generatenfcscheme",
        "urllink.generate, POST, /wxa/generate_urllink",
        "shortlink.generate, POST, /wxa/genwxashortlink",
        "ocr.vehicleLicense, POST, /cv/ocr/driving",
        "ocr.idcard, POST, /cv/ocr/idcard",
        "img.scanQRCode, POST, /cv/img/qrcode",
        "cloudbase.getVoIPSign, POST, /wxa/getvoipsign",
        "cloudbase.report, POST, /tcb/cloudbasereport",
        "auth.getPaidUnionId, GET, /wxa/getpaidunionid",
        "phonenumber.getPhoneNumber, POST, /wxa/business/getuserphonenumber",
        "analysis.getDailySummary, POST, /datacube/getweanalysisappiddailysummarytrend",
        "nearbyPoi.getList, GET, /wxa/getnearbypoilist",
        "pluginManager.setDevPluginApplyStatus, POST, /wxa/devplugin",
        "soter.verifySignature, POST, /cgi-bin/soter/verify_signature",
        "logistics.getAllDelivery, GET, /cgi-bin/express/business/delivery/getall",
        "officialAccount.customerService.getKFSession, GET, /customservice/kfsession/getsession"
    })
    void namesAreRequests(String name, String method, String path) {
        Api api = NAMES.named(name).orElseThrow();
        assertThat(api.method()).isEqualTo(method);
        assertThat(api.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @Tag("AD-44")
    @CsvSource({
        "midas.getBalance, /cgi-bin/midas/getbalance",
        "midas.getBalanceSandbox, /cgi-bin/midas/sandbox/getbalance",
        "midas.cancelPaySandbox, /cgi-bin/midas/sandbox/cancelpay"
    })
    void theSandboxOfGamesHasItsOwnPaths(String name, String path) {
        assertThat(NAMES.named(name)).map(Api::path).contains(path);
    }

    @Test
    @Tag("AD-40")
    void aNameThatIsNoneHasANearestOne() {
        assertThat(NAMES.named("subscribeMessage.sent")).isEmpty();
        assertThat(NAMES.named("")).isEmpty();
        assertThat(NAMES.nearest("subscribeMessage.sent")).contains("subscribeMessage.send");
        assertThat(NAMES.nearest("x".repeat(5_000_000))).isEmpty();
    }

    @Test
    void everyNameOfTheSpecificationIsThere() throws IOException {
        var table = new ObjectMapper().readTree(Files.readString(Path.of("..", "docs", "spec", "openapi-names.json")));
        assertThat(table)
                .hasSizeGreaterThan(300)
                .allSatisfy(api -> assertThat(
                                NAMES.named(api.path("name").asText()).orElseThrow())
                        .satisfies(known -> {
                            assertThat(known.path()).isEqualTo(api.path("path").asText());
                            assertThat(known.query()).hasSize(api.path("query").size());
                        }));
    }
}
