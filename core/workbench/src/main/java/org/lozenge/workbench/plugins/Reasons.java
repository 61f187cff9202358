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
        if (e instanceof NoSuchMethodException || e instanceof IllegalAccessException) {
            return className + " needs to be public, with a public constructor without arguments.";
        }
        Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        return className + " cannot be created (" + text(cause) + ").";
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
