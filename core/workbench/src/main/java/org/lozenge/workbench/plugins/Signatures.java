package org.lozenge.workbench.plugins;

import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/** References as a Java programmer writes them: {@code method org.lozenge.plugin.Param.unit(java.lang.String)}. */
final class Signatures {

    private Signatures() {}

    static String text(ClassFile.Reference reference) {
        String owner = reference.owner().replace('/', '.');
        if (reference.kind() == ClassFile.Kind.FIELD) {
            return "field " + type(reference.descriptor()) + " " + owner + "." + reference.name();
        }
        String descriptor = reference.descriptor();
        int end = descriptor.indexOf(')');
        String parameters = String.join(", ", types(descriptor.substring(1, end)));
        if (reference.name().equals("<init>")) {
            return "constructor " + owner + "(" + parameters + ")";
        }
        return "method " + type(descriptor.substring(end + 1)) + " " + owner + "." + reference.name() + "(" + parameters
                + ")";
    }

    private static List<String> types(String descriptors) {
        List<String> types = new ArrayList<>();
        int start = 0;
        while (start < descriptors.length()) {
            int end = start;
            while (descriptors.charAt(end) == '[') {
                end++;
            }
            end = descriptors.charAt(end) == 'L' ? descriptors.indexOf(';', end) + 1 : end + 1;
            types.add(type(descriptors.substring(start, end)));
            start = end;
        }
        return types;
    }

    private static String type(String descriptor) {
        if (descriptor.startsWith("[")) {
            return type(descriptor.substring(1)) + "[]";
        }
        if (descriptor.startsWith("L")) {
            String name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
            return name.startsWith("java.lang.") ? name.substring("java.lang.".length()) : name;
        }
        return MethodType.fromMethodDescriptorString("()" + descriptor, ClassLoader.getPlatformClassLoader())
                .returnType()
                .getName();
    }
}
