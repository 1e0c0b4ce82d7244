package dev.berth.simulator;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws a QR code (ISO/IEC 18004). WeChat's own round codes can be read by WeChat only; these can be read by anything.
 *
 * @param width in pixels, and height
 * @param rgb the colour of the lines
 * @param transparent whether the ground is, which makes it a PNG and not a JPEG
 */
record CodeImage(int width, int rgb, boolean transparent) {
    private static final int OPAQUE = 0xff000000;
    private static final int WHITE = 0xffffffff;
    private static final int CLEAR = 0x00ffffff;

    Reply draw(String text) {
        return transparent
                ? new Reply.Binary("image/png", written("png", painted(text, BufferedImage.TYPE_INT_ARGB, CLEAR)))
                : new Reply.Binary("image/jpeg", written("jpeg", painted(text, BufferedImage.TYPE_INT_RGB, WHITE)));
    }

    private BufferedImage painted(String text, int type, int ground) {
        BitMatrix code = encoded(text);
        BufferedImage image = new BufferedImage(width, width, type);
        for (int y = 0; y < width; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, code.get(x, y) ? OPAQUE | rgb : ground);
            }
        }
        return image;
    }

    private BitMatrix encoded(String text) {
        try {
            return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, width, width);
        } catch (WriterException e) {
            throw new IllegalArgumentException("text: too long for a QR code", e);
        }
    }

    /** In memory, where ImageIO itself would take a file. */
    private static Buffer written(String format, BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
