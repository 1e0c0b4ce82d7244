package dev.berth.simulator;

import java.util.Set;

/**
 * A user's phone number as WeChat tells it: a Chinese one without its country code, any other with it (ITU-T E.164).
 *
 * @param full what WeChat calls {@code phoneNumber}
 * @param pure the same without the country code
 */
record PhoneNumber(String full, String pure, String countryCode) {
    private static final String CHINA = "86";
    private static final String OF_ONE_DIGIT = "17";
    private static final Set<String> OF_TWO_DIGITS = Set.of(
            "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
            "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
            "86", "90", "91", "92", "93", "94", "95", "98");

    /** A number without a leading {@code +} is Chinese. */
    static PhoneNumber of(String phone) {
        if (!phone.startsWith("+")) {
            return new PhoneNumber(phone, phone, CHINA);
        }
        String digits = phone.substring(1);
        String code = digits.substring(0, codeLength(digits));
        String pure = digits.substring(code.length());
        return new PhoneNumber(code.equals(CHINA) ? pure : phone, pure, code);
    }

    private static int codeLength(String digits) {
        if (OF_ONE_DIGIT.indexOf(digits.charAt(0)) >= 0) {
            return 1;
        }
        return OF_TWO_DIGITS.contains(digits.substring(0, 2)) ? 2 : 3;
    }
}
