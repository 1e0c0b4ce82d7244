package dev.berth.simulator;

import org.jdbi.v3.core.Handle;

/** What a user answers when a mini program asks for consent to messages ({@code wx.requestSubscribeMessage}). */
sealed interface Consent {
    int MOST_MESSAGES = 1000;

    /**
     * @param messages how many more, each as if the user had been asked once
     */
    record Messages(int messages) implements Consent {
        @Override
        public void given(Handle handle, String appid, String user, String template) {
            Subscriptions.accept(handle, appid, user, template, messages);
        }

        @Override
        public String word() {
            return "accept";
        }
    }

    record Always() implements Consent {
        @Override
        public void given(Handle handle, String appid, String user, String template) {
            Subscriptions.acceptAlways(handle, appid, user, template);
        }

        @Override
        public String word() {
            return "accept";
        }
    }

    record Rejection() implements Consent {
        @Override
        public void given(Handle handle, String appid, String user, String template) {
            Subscriptions.reject(handle, appid, user, template);
        }

        @Override
        public String word() {
            return "reject";
        }
    }

    void given(Handle handle, String appid, String user, String template);

    /** What the mini program is told. */
    String word();

    /** The field {@code accept}: a number of messages, {@code "always"} or {@code "reject"}; one message if missing. */
    static Consent read(ControlJson body) {
        if (body.hasText("accept")) {
            return named(body.required("accept"));
        }
        long messages = body.integer("accept").orElse(1L);
        if (messages < 1 || messages > MOST_MESSAGES) {
            throw flawed(messages);
        }
        return new Messages((int) messages);
    }

    private static Consent named(String word) {
        return switch (word) {
            case "always" -> new Always();
            case "reject" -> new Rejection();
            default -> throw flawed("\"" + word + "\"");
        };
    }

    private static Refusal flawed(Object given) {
        return Refusal.invalid(
                "accept: %s (expected: 1 to %d messages, \"always\" or \"reject\")".formatted(given, MOST_MESSAGES));
    }
}
