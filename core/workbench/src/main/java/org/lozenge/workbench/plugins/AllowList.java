package org.lozenge.workbench.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jars that may be loaded. A line holds the SHA-256 of a jar and its name below the folder of plugins, as
 * {@code sha256sum} prints them, or the name alone: then the jar may have any content.
 */
final class AllowList {

    private static final Pattern PINNED = Pattern.compile("([0-9a-fA-F]{64})[ \t]+\\*?(.+)");
    private static final Pattern SHORT_PIN = Pattern.compile("[0-9a-fA-F]{16,}[ \t].*");

    private final Path file;
    private final Map<String, String> pins;

    private AllowList(Path file, Map<String, String> pins) {
        this.file = file;
        this.pins = pins;
    }

    /**
     * Reads a list.
     *
     * @throws BadPluginException if it cannot be read; then nothing may be loaded
     */
    static AllowList read(Path file) throws BadPluginException {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            Map<String, String> pins = new HashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                read(lines.get(i).replace("\uFEFF", "").strip(), file + ", line " + (i + 1), pins);
            }
            return new AllowList(file, pins);
        } catch (NoSuchFileException e) {
            throw bad(file + ": there is no such list of allowed plugins, so none is loaded. Check the name.");
        } catch (IOException e) {
            throw bad(FolderScan.unreadable("the list of allowed plugins " + file, e) + " No plugin is loaded.");
        }
    }

    private static void read(String line, String place, Map<String, String> pins) throws BadPluginException {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Matcher pinned = PINNED.matcher(line);
        String name =
                (pinned.matches() ? pinned.group(2) : line).replace('\\', '/').replaceFirst("^\\./", "");
        if (!name.toLowerCase(Locale.ROOT).endsWith(".jar")
                || (!pinned.matches() && SHORT_PIN.matcher(line).matches())) {
            throw bad(
                    place + ": '" + line + "' is neither the SHA-256 and the name of a jar, as 'sha256sum *.jar' prints"
                            + " them, nor a name alone. No plugin is loaded until the line is mended.");
        }
        String pin = pinned.matches() ? pinned.group(1).toLowerCase(Locale.ROOT) : "";
        String other = pins.put(name, pin);
        if (other != null && !other.equals(pin)) {
            throw bad(place + ": '" + name
                    + "' is listed twice, with different pins. No plugin is loaded until one of the"
                    + " lines is removed.");
        }
    }

    private static BadPluginException bad(String text) {
        return new BadPluginException("bad-allow-list", text);
    }

    /**
     * Checks that every jar of a plugin is listed and, where it is pinned, has the content that is meant.
     *
     * @param folder the folder of plugins
     * @throws BadPluginException that says why the plugin is refused
     */
    void check(Path folder, Candidate candidate) throws BadPluginException {
        for (Path jar : candidate.jars()) {
            String name = folder.relativize(jar).toString().replace('\\', '/');
            String hash = hash(jar);
            String pin = Optional.ofNullable(pins.get(name))
                    .orElseThrow(() -> new BadPluginException(
                            "not-allowed",
                            jar + " is refused: it is not on the list " + file + ". If you trust it, add the line '"
                                    + hash + "  " + name + "'."));
            if (!pin.isEmpty() && !pin.equals(hash)) {
                throw new BadPluginException(
                        "not-allowed",
                        jar + " is refused: its SHA-256 is " + hash + ", but " + file + " says " + pin
                                + ". If you exchanged the jar yourself, mend that line; if not, somebody else did.");
            }
        }
    }

    private static String hash(Path jar) throws BadPluginException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream stream = new DigestInputStream(Files.newInputStream(jar), digest)) {
                stream.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new BadPluginException("bad-jar", FolderScan.unreadable(jar.toString(), e));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
