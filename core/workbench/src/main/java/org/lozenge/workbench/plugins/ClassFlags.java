package org.lozenge.workbench.plugins;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.lozenge.plugin.Experimental;

/**
 * The flags of a class and of its members: who may use them, what they are, and whether they are meant to stay.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.7">Attributes in class files</a>
 */
final class ClassFlags {

    private static final int PUBLIC = 0x0001;
    private static final int PROTECTED = 0x0004;
    private static final int INTERFACE = 0x0200;
    private static final int ABSTRACT = 0x0400;

    /** Above the sixteen bits of class files. */
    private static final int DEPRECATED = 0x10000;

    private static final int EXPERIMENTAL = 0x20000;
    private static final String EXPERIMENTAL_TYPE = Experimental.class.descriptorString();

    /** The flags of a class or a member. */
    record Flags(int bits) {

        private boolean has(int some) {
            return (bits & some) != 0;
        }

        boolean isPublic() {
            return has(PUBLIC);
        }

        /** Returns whether classes of other packages may use it. */
        boolean isVisible() {
            return has(PUBLIC | PROTECTED);
        }

        boolean isInterface() {
            return has(INTERFACE);
        }

        boolean isAbstract() {
            return has(ABSTRACT);
        }

        boolean isDeprecated() {
            return has(DEPRECATED);
        }

        /** Returns whether it is marked {@link Experimental}. */
        boolean isExperimental() {
            return has(EXPERIMENTAL);
        }
    }

    private final ClassFile file;
    private final Map<String, Flags> members = new HashMap<>();
    private final Flags own;

    /** @param body where the constant pool ends */
    ClassFlags(ClassFile file, int body) {
        this.file = file;
        int fields = body + 8 + 2 * file.int2(body + 6);
        int methods = readMembers(fields, ":");
        int attributes = readMembers(methods, "");
        this.own = new Flags(file.int2(body) | marks(attributes));
    }

    /** Returns the flags of the class itself. */
    Flags own() {
        return own;
    }

    /** Returns the flags of a member, if there is one of this name and descriptor; fields are written {@code name:I}. */
    Optional<Flags> member(String nameAndDescriptor) {
        return Optional.ofNullable(members.get(nameAndDescriptor));
    }

    /** Returns where the members end. */
    private int readMembers(int start, String separator) {
        int position = start + 2;
        for (int i = file.int2(start); i > 0; i--) {
            String name = file.text(file.int2(position + 2)) + separator + file.text(file.int2(position + 4));
            members.put(name, new Flags(file.int2(position) | marks(position + 6)));
            position += 8;
            for (int a = file.int2(position - 2); a > 0; a--) {
                position += 6 + file.int4(position + 2);
            }
        }
        return position;
    }

    /** What the attributes of a class or a member say of it. */
    private int marks(int attributes) {
        int marks = 0;
        int position = attributes + 2;
        for (int i = file.int2(attributes); i > 0; i--) {
            String name = file.text(file.int2(position));
            if (name.equals("Deprecated")) {
                marks |= DEPRECATED;
            } else if (name.equals("RuntimeVisibleAnnotations")) {
                marks |= annotations(position + 6);
            }
            position += 6 + file.int4(position + 2);
        }
        return marks;
    }

    private int annotations(int start) {
        int position = start + 2;
        for (int i = file.int2(start); i > 0; i--) {
            if (file.text(file.int2(position)).equals(EXPERIMENTAL_TYPE)) {
                return EXPERIMENTAL;
            }
            position = annotationEnd(position);
        }
        return 0;
    }

    private int annotationEnd(int start) {
        int position = start + 4;
        for (int i = file.int2(start + 2); i > 0; i--) {
            position = valueEnd(position + 2);
        }
        return position;
    }

    /** Values nest: arrays and annotations hold others. */
    private int valueEnd(int start) {
        byte tag = file.at(start);
        if (tag == '@') {
            return annotationEnd(start + 1);
        }
        if (tag != '[') {
            return start + (tag == 'e' ? 5 : 3);
        }
        int position = start + 3;
        for (int i = file.int2(start + 1); i > 0; i--) {
            position = valueEnd(position);
        }
        return position;
    }
}
