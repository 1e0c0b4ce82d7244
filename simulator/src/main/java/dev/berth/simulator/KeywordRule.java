package dev.berth.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the value of a template's keyword may be. The rule is the beginning of the keyword's name: {@code thing1} is a
 * {@code thing}. Source: developers.weixin.qq.com, subscribeMessage.send, 订阅消息参数值内容限制说明.
 */
enum KeywordRule {
    THING("[^\\p{Cntrl}]{1,20}"),
    NUMBER("-?(?=[0-9.]{1,32}$)[0-9]+(\\.[0-9]+)?"),
    LETTER("[A-Za-z]{1,32}"),
    SYMBOL("[\\p{P}\\p{S}]{1,5}"),
    CHARACTER_STRING("[^\\p{Cntrl}\\p{IsHan}]{1,32}"),
    TIME(span("(" + Forms.DATE + " ?)?" + Forms.TIME)),
    DATE(span(Forms.DATE + "( ?" + Forms.TIME + ")?")),
    AMOUNT("\\p{Sc}?[0-9]{1,10}(\\.[0-9]+)?元?"),
    PHONE_NUMBER("[0-9\\p{P}\\p{S}]{1,17}"),
    CAR_NUMBER("[\\p{IsHan}A-Za-z0-9]([A-Za-z0-9]{0,6}[\\p{IsHan}A-Za-z0-9])?"),
    NAME("[^\\p{Cntrl}0-9]{1,10}|[^\\p{Cntrl}\\p{IsHan}0-9]{1,20}"),
    PHRASE("\\p{IsHan}{1,5}"),
    ENUM_STRING("[^\\p{Cntrl}]{1,20}");

    private static final class Forms {
        static final String TIME = "([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?";
        private static final String YEAR = "[0-9]{4}";
        private static final String MONTH = "(0?[1-9]|1[0-2])";
        private static final String DAY = "(0?[1-9]|[12][0-9]|3[01])";
        private static final String CHINESE = YEAR + "年" + MONTH + "月(" + DAY + "日)?|" + MONTH + "月" + DAY + "日";
        private static final String JOINED = YEAR + "[-/.]" + MONTH + "([-/.]" + DAY + ")?|" + MONTH + "[-/.]" + DAY;
        static final String DATE = "(" + CHINESE + "|" + JOINED + ")";
    }

    private final Pattern form;

    KeywordRule(String form) {
        this.form = Pattern.compile(form);
    }

    boolean allows(String value) {
        return form.matcher(value).matches();
    }

    /** The rule's name on the wire. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<KeywordRule> named(String label) {
        return Arrays.stream(values())
                .filter(rule -> rule.label().equals(label))
                .findFirst();
    }

    private static String span(String moment) {
        return moment + "( ?[~～] ?" + moment + ")?";
    }
}
