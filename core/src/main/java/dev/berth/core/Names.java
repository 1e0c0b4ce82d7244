package dev.berth.core;

import java.util.regex.Pattern;

/** The forms of the names that people choose, and the refusal of any other. */
public final class Names {
    private static final Pattern APP_ID = Pattern.compile("wx[0-9A-Za-z]{4,30}");
    private static final Pattern ENVIRONMENT_ID = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9-]{0,19}");
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private Names() {}

    public static String requireAppId(String id) {
        if (!APP_ID.matcher(id).matches()) {
            throw refused("INVALID_APPID", "AppID: %s (expected: wx followed by letters and digits)".formatted(id));
        }
        return id;
    }

    public static boolean isEnvironmentId(String id) {
        return ENVIRONMENT_ID.matcher(id).matches();
    }

    public static String requireEnvironmentId(String id) {
        if (!isEnvironmentId(id)) {
            throw refused(
                    "INVALID_ENV_ID",
                    "environment id: %s (expected: lower-case letters, digits, - and _, first a letter, at most 64)"
                            .formatted(id));
        }
        return id;
    }

    /** @throws BerthException with the official wording (HO-2) unless {@code name} can name a service */
    public static String requireServiceName(String name) {
        if (!SERVICE.matcher(name).matches()) {
            throw new BerthException(new Problem(
                    "INVALID_SERVICE_NAME",
                    "hosting",
                    "服务名称只能包含数字、小写字母和-，只能以小写字母开头，最多20字符",
                    "The name given is '%s'. Choose another one with --name.".formatted(name)));
        }
        return name;
    }

    public static String requireFunctionName(String name) {
        if (!FUNCTION.matcher(name).matches()) {
            throw refused(
                    "INVALID_FUNCTION_NAME",
                    "function: %s (expected: letters, digits, - and _, first a letter, at most 60)".formatted(name));
        }
        return name;
    }

    public static String requireVariableName(String name) {
        if (!VARIABLE.matcher(name).matches()) {
            throw refused(
                    "INVALID_VARIABLE",
                    "variable: %s (expected: letters, digits, _ . -, first a letter or _)".formatted(name));
        }
        return name;
    }

    private static BerthException refused(String code, String message) {
        return new BerthException(new Problem(code, "core", message, "Correct the name and try again."));
    }
}
