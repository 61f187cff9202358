package org.lozenge.workbench.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a scene as a PNG file with its resolution, title and description.
 *
 * <p>The picture is painted and packed in strips, so a plot of a thousand rows at 600 dpi needs a few megabytes, not a
 * gigabyte.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">Portable Network Graphics specification</a>
 */
final class PngFile {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int STRIP = 256;

    /** Filter type 2: each byte is the difference to the one above. */
    private static final byte UP = 2;

    private final Scene scene;
    private final InkCanvas inks;
    private final double scale;
    private final int width;
    private final int height;
    private final int dpi;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PngFile(Scene scene, int dpi) {
        this.scene = scene;
        this.inks = InkCanvas.of(scene);
        this.dpi = dpi;
        this.scale = dpi / 72.0;
        this.width = (int) Math.ceil(scene.width() * scale - 1e-6);
        this.height = (int) Math.ceil(scene.height() * scale - 1e-6);
    }

    /** Returns the file. */
    static byte[] write(Scene scene, int dpi) {
        PngFile file = new PngFile(scene, dpi);
        file.out.writeBytes(SIGNATURE);
        file.head();
        file.text("Title", scene.title());
        file.text("Description", scene.description());
        file.pixels();
        file.chunk("IEND", new byte[0], 0);
        return file.out.toByteArray();
    }

    private void head() {
        byte bitsPerChannel = 8;
        byte trueColour = 2;
        chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(bitsPerChannel)
                        .put(trueColour)
                        .array());
        int perMetre = (int) Math.round(dpi / 0.0254);
        byte unitIsMetre = 1;
        chunk(
                "pHYs",
                ByteBuffer.allocate(9)
                        .putInt(perMetre)
                        .putInt(perMetre)
                        .put(unitIsMetre)
                        .array());
    }

    private void text(String keyword, String text) {
        byte[] key = keyword.getBytes(StandardCharsets.ISO_8859_1);
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        chunk(
                "iTXt",
                ByteBuffer.allocate(key.length + 5 + value.length)
                        .put(key)
                        .putInt(0)
                        .put((byte) 0)
                        .put(value)
                        .array());
    }

    private void pixels() {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
        byte[] above = new byte[3 * width];
        for (int top = 0; top < height; top += STRIP) {
            int rows = Math.min(STRIP, height - top);
            deflater.setInput(filtered(strip(top, rows), rows, above));
            drain(deflater);
        }
        deflater.finish();
        drain(deflater);
        deflater.end();
    }

    private int[] strip(int top, int rows) {
        BufferedImage image = new BufferedImage(width, rows, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.translate(0, -top);
        graphics.scale(scale, scale);
        graphics.setBackground(new java.awt.Color(scene.background()));
        graphics.clearRect(0, 0, width, (int) Math.ceil(scene.height()) + 1);
        inks.paint(graphics, new Rectangle2D.Double(0, top / scale, width / scale, rows / scale));
        graphics.dispose();
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }

    private byte[] filtered(int[] pixels, int rows, byte[] above) {
        byte[] bytes = new byte[rows * (3 * width + 1)];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            bytes[at++] = UP;
            for (int i = 0; i < 3 * width; i++) {
                byte value = (byte) (pixels[row * width + i / 3] >> (8 * (2 - i % 3)));
                bytes[at++] = (byte) (value - above[i]);
                above[i] = value;
            }
        }
        return bytes;
    }

    private void drain(Deflater deflater) {
        byte[] packed = new byte[1 << 16];
        for (int length = deflater.deflate(packed); length > 0; length = deflater.deflate(packed)) {
            chunk("IDAT", packed, length);
        }
    }

    private void chunk(String type, byte[] data) {
        chunk(type, data, data.length);
    }

    private void chunk(String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(name);
        out.write(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
