package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {
    @Test
    void idsHaveWeChatsForm() {
        assertThat(List.of(Identity.openid("wx1111111111111111", "alice"), Identity.unionid("alice")))
                .allMatch(id -> id.matches("o[0-9A-Za-z_-]{27}"));
    }

    @Test
    void idsDifferByAppAndByUser() {
        assertThat(List.of(
                        Identity.openid("wx1111111111111111", "alice"),
                        Identity.openid("wx1111111111111111", "bob"),
                        Identity.openid("wx2222222222222222", "alice"),
                        Identity.unionid("alice"),
                        Identity.unionid("bob")))
                .doesNotHaveDuplicates();
    }
}
