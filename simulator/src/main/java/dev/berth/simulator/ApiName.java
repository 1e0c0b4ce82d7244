package dev.berth.simulator;

/** An open API as users of the control API name it: {@code subscribeMessage.send} or its path. */
final class ApiName {
    private ApiName() {}

    /** The path of the API that is meant. */
    static String path(String nameOrPath) {
        if (nameOrPath.startsWith("/") && !Catalogue.at(nameOrPath).isEmpty()) {
            return nameOrPath;
        }
        return Catalogue.named(nameOrPath)
                .map(ApiDescription::path)
                .orElseThrow(() -> Refusal.invalid(
                        "api: \"%s\" (expected: the name or the path of an open API, such as subscribeMessage.send or /cgi-bin/message/subscribe/send; GET /__sim__/apis lists all)"
                                .formatted(nameOrPath)));
    }
}
