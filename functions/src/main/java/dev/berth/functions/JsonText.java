package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

/** JSON text in UTF-8 that is handed on as it is: events and results of functions, up to some megabytes. */
final class JsonText {
    private final byte[] bytes;

    private JsonText(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param bytes not copied, so nobody changes them any more */
    static JsonText of(byte[] bytes) {
        return new JsonText(bytes);
    }

    static JsonText of(String text) {
        return new JsonText(text.getBytes(UTF_8));
    }

    /** Not a copy: not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    String text() {
        return new String(bytes, UTF_8);
    }

    /** It may be secret. */
    @Override
    public String toString() {
        return "JsonText[" + bytes.length + " bytes]";
    }
}
