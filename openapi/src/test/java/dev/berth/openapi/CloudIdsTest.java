package dev.berth.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CloudIdsTest {
    private static final byte[] KEY = new byte[32];
    private static final ObjectNode PHONE =
            JsonNodeFactory.instance.objectNode().put("phoneNumber", "13800138000");
    private static final CloudIds.Content CONTENT =
            new CloudIds.Content(Page.APP, "o-alice", Instant.parse("2026-11-21T12:00:00.123Z"), PHONE);

    private final CloudIds cloudIds = new CloudIds(KEY);

    @Test
    @Tag("OA-31")
    void everyNodeWithTheKeyReadsItAfterARestartToo() {
        assertThat(new CloudIds(KEY.clone()).open(cloudIds.seal(CONTENT))).contains(CONTENT);
    }

    @Test
    @Tag("OA-31")
    void itIsFitForAddressesAndShowsNothingOfTheData() {
        String cloudId = cloudIds.seal(CONTENT);
        assertThat(cloudId).matches("berth1_[A-Za-z0-9_-]+");
        assertThat(cloudIds.seal(CONTENT)).isNotEqualTo(cloudId);
        assertThat(CONTENT.toString()).doesNotContain("138");
    }

    @Test
    @Tag("OA-31")
    void nobodyCanMakeOrChangeOne() {
        String cloudId = cloudIds.seal(CONTENT);
        for (int at = CloudIds.PREFIX.length(); at < cloudId.length(); at++) {
            // The neighbour that differs in the highest bit of six; the lowest ones of the last letter mean nothing.
            String altered =
                    cloudId.substring(0, at) + (cloudId.charAt(at) == 'A' ? 'g' : 'A') + cloudId.substring(at + 1);
            assertThat(cloudIds.open(altered)).as(altered).isEmpty();
        }
        assertThat(cloudIds.open(cloudId + "AAAA")).isEmpty();
        assertThat(cloudIds.open(cloudId.substring(0, cloudId.length() - 4))).isEmpty();
        assertThat(cloudIds.open("berth2_" + cloudId.substring(CloudIds.PREFIX.length())))
                .isEmpty();
        for (String made :
                new String[] {"", "berth1_", "berth1_AAAA", "berth1_*", "43_abc", "berth1_" + "A".repeat(99)}) {
            assertThat(cloudIds.open(made)).as(made).isEmpty();
        }
    }

    @Test
    @Tag("OA-31")
    void anotherPlatformsIsNotRead() {
        byte[] other = KEY.clone();
        other[31] = 1;
        assertThat(new CloudIds(other).open(cloudIds.seal(CONTENT))).isEmpty();
    }

    @Test
    @Tag("OA-31")
    void aMonthOfStepsIsShort() {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        var days = run.putArray("stepInfoList");
        for (int day = 0; day < 31; day++) {
            days.addObject().put("timestamp", 1_554_814_312 + day * 86_400).put("step", 5_000 + day * 37);
        }
        assertThat(cloudIds.seal(new CloudIds.Content(Page.APP, "o-alice", Instant.EPOCH, run)))
                .hasSizeLessThan(1_000);
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> new CloudIds(new byte[31])).hasMessage("signingKey: 31 bytes (expected: >= 32)");
    }
}
