package org.lozenge.workbench.plugins;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads the classes of one plugin: the {@linkplain SharedPackages shared packages} from the host, those of the Java
 * platform from the platform, and everything else from the plugin's own jars. What else is on the host's class path, the
 * plugin does not see.
 */
final class PluginLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final String plugin;
    private final ClassLoader host;

    /**
     * A loader for one plugin.
     *
     * @param plugin its name, for messages
     * @param jars its jars, in the order in which they are searched
     * @param host the loader of the shared packages
     */
    PluginLoader(String plugin, URL[] jars, ClassLoader host) {
        super("plugin " + plugin, jars, ClassLoader.getPlatformClassLoader());
        this.plugin = plugin;
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!SharedPackages.contain(name)) {
            return super.loadClass(name, resolve);
        }
        try {
            return host.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new ClassNotFoundException(
                    name + " belongs to the shared API, but this host has no such class" + own(name), e);
        }
    }

    private String own(String name) {
        boolean bundled = findResource(name.replace('.', '/') + ".class") != null;
        return bundled ? " (the plugin " + plugin + " brings a copy of its own, which is ignored)" : "";
    }
}
