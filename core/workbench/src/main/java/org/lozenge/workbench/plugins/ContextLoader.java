package org.lozenge.workbench.plugins;

import java.util.concurrent.Callable;

/** Runs code of a plugin with the plugin's class loader as the thread's context class loader. */
final class ContextLoader {

    private ContextLoader() {}

    static <T> T call(ClassLoader loader, Callable<T> code) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
