package dev.berth.simulator;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The picture formats that WeChat takes, told by their first bytes. */
enum ImageFormat {
    PNG("image/png", "89504e470d0a1a0a"),
    JPEG("image/jpeg", "ffd8ff"),
    GIF("image/gif", "474946383");

    private final String contentType;
    private final String beginning;

    ImageFormat(String contentType, String beginning) {
        this.contentType = contentType;
        this.beginning = beginning;
    }

    String contentType() {
        return contentType;
    }

    static Optional<ImageFormat> of(Buffer content) {
        String hex = HexFormat.of().formatHex(content.getBytes(0, Math.min(content.length(), 8)));
        return Arrays.stream(values())
                .filter(format -> hex.startsWith(format.beginning))
                .findFirst();
    }
}
