package org.lozenge.workbench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Writes files so that they are there whole or not at all: under a temporary name in the same folder, forced to disk,
 * then moved into place. A target that is not a regular file (a device, a pipe) is written to directly.
 */
public final class OutputFile {

    private OutputFile() {}

    /** Writes text as UTF-8. */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes. An existing file is replaced when the new one is complete; of a symbolic link, the file it points to.
     *
     * @throws UncheckedIOException if that fails; the message names the file and the cause. An older file is left as it was
     */
    public static void write(Path file, byte[] bytes) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, bytes, StandardOpenOption.WRITE);
            } else {
                replace(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), bytes);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "folder");
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + "; make it first");
        }
        Temporary temporary = Temporary.beside(file);
        try {
            force(temporary.path(), bytes);
            move(temporary.path(), file);
        } finally {
            temporary.close();
        }
    }

    /** Writes a new file and waits until it is on the disk. */
    static void force(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static UncheckedIOException failure(Path file, IOException cause) {
        return new UncheckedIOException("Cannot write " + file + ": " + reason(cause), cause);
    }

    /** The messages of these exceptions are bare names of files. */
    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "files cannot be made in this folder";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "a file stands where a folder is needed";
        }
        if (cause instanceof FileSystemException system) {
            return Objects.requireNonNullElse(system.getReason(), system.toString());
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }
}
