package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** A {@code multipart/form-data} body (RFC 7578) in the making. */
final class MultipartForm {
    private final String boundary =
            "----berth" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    void addField(String name, String value) {
        begin("name=\"%s\"".formatted(quotable(name)));
        write("\r\n");
        write(value);
        write("\r\n");
    }

    /** The content type is inferred from the name: the SDK does not send it (AD-39). */
    void addFile(String name, String fileName, byte[] content) {
        begin("name=\"%s\"; filename=\"%s\"".formatted(quotable(name), quotable(fileName)));
        write("Content-Type: " + contentTypeOf(fileName) + "\r\n\r\n");
        parts.writeBytes(content);
        write("\r\n");
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(parts.size() + boundary.length() + 8);
        whole.writeBytes(parts.toByteArray());
        whole.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
        return whole.toByteArray();
    }

    private void begin(String disposition) {
        write("--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n");
    }

    private void write(String text) {
        parts.writeBytes(text.getBytes(UTF_8));
    }

    /** RFC 7578, section 2, with the escapes that browsers use. */
    private static String quotable(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** For the extensions that the SDK makes of the media types that WeChat takes. */
    private static String contentTypeOf(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "png" -> "image/png";
            case "jpg", "jpeg", "jpe" -> "image/jpeg";
            case "gif" -> "image/gif";
            case "bmp" -> "image/bmp";
            case "webp" -> "image/webp";
            case "tif", "tiff" -> "image/tiff";
            case "svg" -> "image/svg+xml";
            case "mp3", "mpga" -> "audio/mpeg";
            case "amr" -> "audio/amr";
            case "wav" -> "audio/wav";
            case "wma" -> "audio/x-ms-wma";
            case "m4a" -> "audio/mp4";
            case "mp4" -> "video/mp4";
            case "txt" -> "text/plain";
            case "json" -> "application/json";
            case "pdf" -> "application/pdf";
            case "zip" -> "application/zip";
            default -> "application/octet-stream";
        };
    }
}
