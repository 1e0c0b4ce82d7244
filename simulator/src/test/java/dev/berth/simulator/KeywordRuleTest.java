package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source: subscribeMessage.send, 订阅消息参数值内容限制说明. */
class KeywordRuleTest {
    @ParameterizedTest
    @CsvSource({
        "THING, 广州至北京 (1)!",
        "NUMBER, 339208499",
        "NUMBER, 39.5",
        "NUMBER, -1",
        "LETTER, abcXYZ",
        "SYMBOL, ~!@",
        "CHARACTER_STRING, A-2019/10_1 #7",
        "TIME, 15:01",
        "TIME, 9:01:59",
        "TIME, 2019年10月1日 15:01",
        "TIME, 15:01~16:30",
        "DATE, 2019年10月1日",
        "DATE, 2019年10月1日 15:01",
        "DATE, 2019年10月",
        "DATE, 10月1日",
        "DATE, 2018-01-01",
        "DATE, 2018/01/01",
        "DATE, 2018.01.01",
        "DATE, 2018-01",
        "DATE, 01-01",
        "DATE, 2019年10月1日~2019年10月7日",
        "DATE, 2020-01-18 16:18:49",
        "AMOUNT, ￥100",
        "AMOUNT, ¥10.50元",
        "AMOUNT, 100元",
        "PHONE_NUMBER, +86-0766-66888866",
        "CAR_NUMBER, 粤A8Z888挂",
        "NAME, 张三",
        "NAME, Ada King-Lovelace",
        "PHRASE, 配送中",
        "ENUM_STRING, 客厅",
    })
    void allows(KeywordRule rule, String value) {
        assertThat(rule.allows(value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "THING, 一二三四五六七八九十一二三四五六七八九十一",
        "NUMBER, 1a",
        "NUMBER, 123456789012345678901234567890123",
        "LETTER, ab1",
        "SYMBOL, a",
        "SYMBOL, ~!@#$%",
        "CHARACTER_STRING, 订单1",
        "CHARACTER_STRING, 123456789012345678901234567890123",
        "TIME, 24:00",
        "TIME, 2019年10月1日",
        "DATE, 15:01",
        "DATE, 2019-13-01",
        "DATE, 2020-01-18 16:18:49.0",
        "AMOUNT, 一百元",
        "AMOUNT, ￥12345678901",
        "PHONE_NUMBER, 123456789012345678",
        "PHONE_NUMBER, ask",
        "CAR_NUMBER, 粤A8Z8888挂",
        "NAME, 一二三四五六七八九十一",
        "NAME, A name that is too long",
        "PHRASE, 已经送到了吗",
        "PHRASE, ok",
    })
    void refuses(KeywordRule rule, String value) {
        assertThat(rule.allows(value)).isFalse();
    }
}
