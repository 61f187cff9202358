package org.lozenge.workbench.plugins;

import java.lang.reflect.InvocationTargetException;

/** Why a class cannot be used, in words. */
final class Reasons {

    private Reasons() {}

    /** Says why there is no instance of a class. */
    static String notCreated(String className, Throwable e) {
        if (e instanceof ClassNotFoundException) {
            return "'" + className + "': there is no such class. The line must be the full name of a class.";
        }
        if (e instanceof InstantiationException) {
            return className + " is abstract: it cannot be created. Name a class that can.";
        }
        if (e instanceof NoSuchMethodException || e instanceof IllegalAccessException) {
            return className + " needs to be public, with a public constructor without arguments.";
        }
        Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        Throwable inner = cause.getCause();
        boolean initialiser = cause instanceof ExceptionInInitializerError;
        Throwable first = initialiser && inner != null ? inner : cause;
        if (first instanceof NoClassDefFoundError && isName(String.valueOf(first.getMessage()))) {
            String name = String.valueOf(first.getMessage()).replace('/', '.');
            return className + " cannot be created: the class " + name
                    + " is missing. If it belongs to a library, put its jar beside the plugin's in a folder of their own.";
        }
        if (first instanceof OutOfMemoryError) {
            return className + " cannot be created: it asks for more memory than there is ("
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB).";
        }
        String what = initialiser ? " cannot be created: its static initialiser failed (" : " cannot be created (";
        return className + what + text(first) + ").";
    }

    /** The same error also says that a class failed before. */
    private static boolean isName(String text) {
        return text.indexOf(' ') < 0;
    }

    /** An exception of a plugin may break again when it is asked for its text. */
    static String text(Throwable e) {
        try {
            return e.toString();
        } catch (RuntimeException | StackOverflowError again) {
            return e.getClass().getName();
        }
    }
}
