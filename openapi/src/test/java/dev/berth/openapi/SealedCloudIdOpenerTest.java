package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.CloudIdOpener.Opened;
import dev.berth.core.CloudIdOpener.Unopened;
import dev.berth.core.OpenData;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AD-76")
@Tag("OA-31")
class SealedCloudIdOpenerTest {
    private static final Optional<String> ALICE = Optional.of(Page.ALICE.openId());

    private final MovedClock clock = new MovedClock();
    private final CloudIds cloudIds = new CloudIds(new byte[32]);
    private final SealedCloudIdOpener opener = new SealedCloudIdOpener(cloudIds, clock);
    private final String cloudId = ((OpenData.Made)
                    new WeChatOpenData(cloudIds, clock).cloudId(Page.ALICE, Page.SESSION_KEY, Page.phone()))
            .cloudId();

    @Test
    void opensWhatWasMadeForThisUserOfThisApp() {
        assertThat(opener.open(Page.APP, ALICE, cloudId)).isEqualTo(new Opened(Page.PHONE));
        assertThat(opener.open(Page.APP, ALICE, cloudId).toString()).doesNotContain("13800138000");
    }

    @Test
    void opensAnybodysForAppsThatSpeakForNobody() {
        assertThat(opener.open(Page.APP, Optional.empty(), cloudId)).isEqualTo(new Opened(Page.PHONE));
    }

    @Test
    void opensNothingOfOthers() {
        Unopened refused = new Unopened(-601007, "cloudID and calling user does not match.");
        assertThat(opener.open(Page.APP, Optional.of("o-bob"), cloudId)).isEqualTo(refused);
        assertThat(opener.open(Page.OTHER_APP, ALICE, cloudId)).isEqualTo(refused);
        assertThat(opener.open(Page.OTHER_APP, Optional.empty(), cloudId)).isEqualTo(refused);
    }

    @Test
    @Tag("CF-16")
    void opensNothingAfterFiveMinutes() {
        clock.pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(opener.open(Page.APP, ALICE, cloudId)).isInstanceOf(Opened.class);
        clock.pass(Duration.ofMillis(1));
        assertThat(opener.open(Page.APP, ALICE, cloudId)).isEqualTo(new Unopened(-601006, "cloudID expired."));
    }

    @Test
    void opensNothingThatBerthDidNotMake() {
        for (String other : new String[] {"", "43_of-wechat", "berth1_", "berth1_forged", cloudId + "x"}) {
            assertThat(opener.open(Page.APP, ALICE, other)).isEqualTo(new Unopened(-601005, "invalid cloudID."));
        }
    }
}
