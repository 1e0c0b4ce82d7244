package dev.berth.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The query of a request to WeChat, parted into what it says about identity and the rest (OA-7, OA-12, OA-27). The rest
 * stays byte for byte, whatever it is.
 *
 * @param rest without the three parameters
 * @param fromApps values of {@code from_appid}, decoded
 * @param cloudbaseTokens values of {@code cloudbase_access_token}, decoded
 */
record RelayQuery(String rest, Set<String> fromApps, Set<String> cloudbaseTokens) {
    private static final String FROM_APP = "from_appid";
    private static final String CLOUDBASE_TOKEN = "cloudbase_access_token";
    private static final String TOKEN = "access_token";

    static RelayQuery parse(String query) {
        List<String> rest = new ArrayList<>();
        Set<String> fromApps = new LinkedHashSet<>();
        Set<String> tokens = new LinkedHashSet<>();
        for (String parameter : query.split("&", -1)) {
            int end = parameter.indexOf('=') < 0 ? parameter.length() : parameter.indexOf('=');
            String value = parameter.substring(Math.min(end + 1, parameter.length()));
            switch (decode(parameter.substring(0, end))) {
                case FROM_APP -> addUnlessEmpty(fromApps, value);
                case CLOUDBASE_TOKEN -> addUnlessEmpty(tokens, value);
                case TOKEN -> {}
                default -> rest.add(parameter);
            }
        }
        return new RelayQuery(String.join("&", rest), fromApps, tokens);
    }

    private static void addUnlessEmpty(Set<String> values, String value) {
        if (!value.isEmpty()) {
            values.add(decode(value));
        }
    }

    /** Whatever is no escape stays as it is: nothing can hide behind a bad one. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int high = digit(text, i + 1);
            int low = digit(text, i + 2);
            if (text.charAt(i) == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.writeBytes(text.substring(i, i + 1).getBytes(UTF_8));
            }
        }
        return bytes.toString(UTF_8);
    }

    private static int digit(String text, int index) {
        return index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
    }

    /** Values may be secret. */
    @Override
    public String toString() {
        return "RelayQuery";
    }
}
