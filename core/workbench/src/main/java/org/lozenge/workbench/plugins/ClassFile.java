package org.lozenge.workbench.plugins;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the link check needs of a class file: its name, what it extends, its members, and which members of which classes it
 * refers to. Reads the bytes and loads nothing. As nearly all classes of a library refer to nothing that is asked for,
 * texts are only decoded where they must be.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">The class file format</a>
 */
final class ClassFile {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    private static final byte[] JAVA = "java/".getBytes(StandardCharsets.US_ASCII);

    /** What a class refers to in another one. */
    enum Kind {
        /** A field. */
        FIELD,
        /** A method of a class. */
        METHOD,
        /** A method of an interface. */
        INTERFACE_METHOD
    }

    /**
     * A reference to a member.
     *
     * @param owner internal name of the class
     * @param name name of the member
     * @param descriptor its types, as class files write them
     */
    record Reference(Kind kind, String owner, String name, String descriptor) {}

    private final byte[] bytes;
    private final int[] at;
    private final int body;

    private ClassFile(byte[] bytes, int[] at, int body) {
        this.bytes = bytes;
        this.at = at;
        this.body = body;
    }

    /**
     * Reads a class file.
     *
     * @throws IOException if it is not one
     */
    static ClassFile of(byte[] bytes) throws IOException {
        try {
            if (int4(bytes, 0) != MAGIC) {
                throw new IOException("it does not begin as class files do");
            }
            int[] at = new int[int2(bytes, 8)];
            int position = 10;
            for (int i = 1; i < at.length; i++) {
                at[i] = position;
                int tag = bytes[position];
                position += size(bytes, position, tag);
                if (tag == LONG || tag == DOUBLE) {
                    i++; // they take two places
                }
            }
            ClassFile file = new ClassFile(bytes, at, position);
            file.name();
            return file;
        } catch (ArrayIndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IOException("it is cut off or garbled", e);
        }
    }

    private static int size(byte[] bytes, int position, int tag) throws IOException {
        return switch (tag) {
            case UTF8 -> 3 + int2(bytes, position + 1);
            case 3, 4, FIELD, METHOD, INTERFACE_METHOD, 12, 17, 18 -> 5;
            case LONG, DOUBLE -> 9;
            case CLASS, 8, 16, 19, 20 -> 3;
            case 15 -> 4;
            default -> throw new IOException("it holds a constant of unknown kind " + tag);
        };
    }

    private static int int2(byte[] bytes, int position) {
        return (bytes[position] & 0xFF) << 8 | (bytes[position + 1] & 0xFF);
    }

    private static int int4(byte[] bytes, int position) {
        return int2(bytes, position) << 16 | int2(bytes, position + 2);
    }

    int int2(int position) {
        return int2(bytes, position);
    }

    int int4(int position) {
        return int4(bytes, position);
    }

    byte at(int position) {
        return bytes[position];
    }

    /** Returns the version of Java that the class needs. */
    int javaVersion() {
        return int2(6) - 44;
    }

    /** Returns the internal name, such as {@code demo/TrimmedMean}. */
    String name() {
        return className(int2(body + 2));
    }

    /** Returns the internal names of the superclass, if there is one, and of the interfaces. */
    List<String> parents() {
        List<String> parents = new ArrayList<>();
        if (int2(body + 4) != 0) {
            parents.add(className(int2(body + 4)));
        }
        int count = int2(body + 6);
        for (int i = 0; i < count; i++) {
            parents.add(className(int2(body + 8 + 2 * i)));
        }
        return parents;
    }

    /** Returns its flags and those of its members. */
    ClassFlags flags() {
        return new ClassFlags(this, body);
    }

    /** Returns whether some class that this one refers to belongs to a package of the given prefix. */
    boolean refersTo(String prefix) {
        byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
        for (int i = 1; i < at.length; i++) {
            if (at[i] != 0 && bytes[at[i]] == CLASS && startsWith(at[int2(at[i] + 1)] + 3, start)) {
                return true;
            }
        }
        return false;
    }

    private boolean startsWith(int position, byte[] start) {
        for (int i = 0; i < start.length; i++) {
            if (bytes[position + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the internal names of the shared classes that this one refers to, those of elements of arrays included. */
    List<String> sharedClasses() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < at.length; i++) {
            if (at[i] != 0 && bytes[at[i]] == CLASS && isShared(int2(at[i] + 1))) {
                names.add(element(className(i)));
            }
        }
        return names;
    }

    /** Returns the internal names of the classes that this one refers to, without those of Java itself and arrays. */
    List<String> otherClasses() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < at.length; i++) {
            if (at[i] != 0 && bytes[at[i]] == CLASS) {
                int position = at[int2(at[i] + 1)] + 3;
                if (bytes[position] != '[' && !startsWith(position, JAVA)) {
                    names.add(className(i));
                }
            }
        }
        return names;
    }

    /** Returns the references to members of shared classes. */
    List<Reference> sharedMembers() {
        List<Reference> references = new ArrayList<>();
        for (int i = 1; i < at.length; i++) {
            int tag = at[i] == 0 ? 0 : bytes[at[i]];
            if (tag >= FIELD && tag <= INTERFACE_METHOD && isShared(int2(at[int2(at[i] + 1)] + 1))) {
                references.add(reference(i, tag));
            }
        }
        return references;
    }

    private Reference reference(int index, int tag) {
        Kind kind = tag == FIELD ? Kind.FIELD : tag == METHOD ? Kind.METHOD : Kind.INTERFACE_METHOD;
        int named = at[int2(at[index] + 3)];
        return new Reference(kind, className(int2(at[index] + 1)), text(int2(named + 1)), text(int2(named + 3)));
    }

    /** Looks at the bytes: hardly any text is one of a shared class. */
    private boolean isShared(int utf8) {
        int position = at[utf8] + 3;
        if (bytes[position] == '[') {
            return SharedPackages.containPath(element(text(utf8)));
        }
        return SharedPackages.startAt(bytes, position, int2(at[utf8] + 1));
    }

    /** {@code [[Ldemo/Mean;} is an array of arrays of {@code demo/Mean}. */
    private static String element(String name) {
        return name.startsWith("[") ? name.replaceAll("^\\[+L?|;$", "") : name;
    }

    private String className(int index) {
        return text(int2(at[index] + 1));
    }

    /** Returns a text of the constant pool. */
    String text(int index) {
        int position = at[index];
        int length = int2(position + 1);
        for (int i = 0; i < length; i++) {
            if (bytes[position + 3 + i] <= 0) {
                return modified(position);
            }
        }
        return new String(bytes, position + 3, length, StandardCharsets.US_ASCII);
    }

    /** Class files write what is not ASCII in a UTF-8 of their own. */
    private String modified(int position) {
        try {
            return new DataInputStream(new ByteArrayInputStream(bytes, position + 1, bytes.length - position - 1))
                    .readUTF();
        } catch (IOException e) {
            throw new ArrayIndexOutOfBoundsException("garbled text");
        }
    }
}
