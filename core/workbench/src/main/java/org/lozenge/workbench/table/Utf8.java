package org.lozenge.workbench.table;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Turns the bytes of a text file into checked UTF-8 without a byte order mark. UTF-16 is taken when a byte order mark
 * says so. Nothing is ever replaced: bytes that do not fit are an error.
 */
final class Utf8 {

    private Utf8() {}

    static byte[] checked(String name, byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            throw new InputException("encoding", name + ": the file is in UTF-32. Save it as UTF-8 and try again.");
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return transcode(name, bytes, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return transcode(name, bytes, StandardCharsets.UTF_16BE);
        }
        int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        byte[] text = start == 0 ? bytes : Arrays.copyOfRange(bytes, start, bytes.length);
        rejectMalformed(name, text, start);
        rejectNul(name, text, start);
        return text;
    }

    static boolean startsWith(byte[] bytes, int... head) {
        if (bytes.length < head.length) {
            return false;
        }
        for (int i = 0; i < head.length; i++) {
            if ((bytes[i] & 0xFF) != head[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] transcode(String name, byte[] bytes, Charset charset) {
        try {
            CharBuffer chars = strict(charset).decode(ByteBuffer.wrap(bytes, 2, bytes.length - 2));
            byte[] text = chars.toString().getBytes(StandardCharsets.UTF_8);
            rejectNul(name, text, 0);
            return text;
        } catch (CharacterCodingException e) {
            throw new InputException(
                    "encoding",
                    name + ": the byte order mark says " + charset.name()
                            + ", but the bytes that follow are not. Save the file as UTF-8 and try again.");
        }
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static void rejectMalformed(String name, byte[] text, int skipped) {
        CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(8192);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            int at = in.position();
            String hex =
                    HexFormat.of().withUpperCase().formatHex(text, at, Math.min(text.length, at + result.length()));
            throw new InputException(
                    "encoding",
                    place(name, text, at, skipped) + ": the byte " + hex
                            + " is not UTF-8. The file is probably in Windows-1252 or another older encoding: save it as"
                            + " UTF-8 (in Excel 'CSV UTF-8') and try again.");
        }
    }

    private static void rejectNul(String name, byte[] text, int skipped) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == 0) {
                throw new InputException(
                        "nul-byte",
                        place(name, text, i, skipped)
                                + ": a NUL character. The file is not plain text, or it is UTF-16 without a byte order"
                                + " mark: save it as UTF-8 and try again.");
            }
        }
    }

    /** Says where a byte stands; counts lines and characters only when there is a fault to report. */
    private static String place(String name, byte[] text, int at, int skipped) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < at; i++) {
            boolean lineEnd = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.length || text[i + 1] != '\n'));
            if (lineEnd) {
                line++;
                start = i + 1;
            }
        }
        int character = new String(text, start, at - start, StandardCharsets.UTF_8).length() + 1;
        return name + ", line " + line + ", character " + character + " (byte " + (at + skipped + 1L) + ")";
    }
}
