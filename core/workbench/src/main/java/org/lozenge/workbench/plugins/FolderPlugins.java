package org.lozenge.workbench.plugins;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.lang.model.SourceVersion;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Tablesaw;

/** Loads the plugins of folders, each with a class loader of its own. What is wrong with one does not cost the others. */
public final class FolderPlugins {

    private final PluginFolders folders;
    private final ClassLoader host;
    private final HostClasses classes;
    private final Registry registry;
    private final JvmState jvm;

    private FolderPlugins(PluginFolders folders, ClassLoader host, Registry registry, JvmState jvm) {
        this.folders = folders;
        this.host = host;
        this.classes = new HostClasses(host);
        this.registry = registry;
        this.jvm = jvm;
    }

    /**
     * Registers the analyses of all plugins in the folders, in alphabetical order of the plugins.
     *
     * @param host the loader of the shared packages
     */
    public static void register(PluginFolders folders, ClassLoader host, Registry registry, JvmState jvm) {
        if (!folders.folders().isEmpty()) {
            new FolderPlugins(folders, host, registry, jvm).register();
        }
    }

    private void register() {
        try {
            Optional<AllowList> allowed = Optional.empty();
            if (folders.allowed().isPresent()) {
                allowed = Optional.of(AllowList.read(folders.allowed().get()));
            }
            for (Path folder : folders.folders()) {
                for (Candidate candidate : FolderScan.of(folder, registry)) {
                    register(folder, candidate, allowed);
                }
            }
        } catch (BadPluginException e) {
            registry.problem("plugins", e.code(), e.text());
        }
    }

    private void register(Path folder, Candidate candidate, Optional<AllowList> allowed) {
        try {
            if (allowed.isPresent()) {
                allowed.get().check(folder, candidate);
            }
            PluginContent content = PluginContent.read(candidate);
            LinkCheck links = new LinkCheck(content, classes);
            links.check();
            List<Message> warnings = links.warnings();
            warnings.forEach(warning -> registry.tell(candidate.name(), warning));
            if (content.listed().isEmpty() && warnings.isEmpty()) {
                registry.warning(candidate.name(), "no-analyses", noAnalyses(candidate));
            } else if (!content.listed().isEmpty()) {
                load(candidate, content, links.usesTablesaw());
            }
        } catch (BadPluginException e) {
            registry.problem(candidate.name(), e.code(), e.text());
        }
    }

    private static String noAnalyses(Candidate candidate) {
        return candidate.place() + " brings no analysis: there is no " + ServicesFile.NAME
                + " in it that names one. If it is a library that a plugin needs, put both into a folder of their own.";
    }

    private void load(Candidate candidate, PluginContent content, boolean usesTablesaw) throws BadPluginException {
        if (usesTablesaw) {
            Tablesaw.load(); // before a class of the plugin does it on a thread whose context class loader is the
            // plugin's
        }
        PluginLoader loader = new PluginLoader(candidate.name(), urls(candidate), host);
        List<Registered> loaded = new ArrayList<>();
        Guard guard = new Guard(jvm, folders.loadMillis(), warning -> registry.tell(candidate.name(), warning));
        for (Map.Entry<String, String> line : content.listed().entrySet()) {
            create(candidate, line.getKey(), line.getValue(), loader, guard, loaded);
        }
        if (loaded.isEmpty()) {
            close(loader, candidate);
        } else {
            registry.own(loader);
            loaded.forEach(registry::add);
        }
    }

    private void create(
            Candidate candidate,
            String className,
            String place,
            PluginLoader loader,
            Guard guard,
            List<Registered> loaded) {
        if (!SourceVersion.isName(className)) {
            registry.problem(
                    candidate.name(),
                    "bad-services",
                    "'" + className + "' in " + place + " is not the name of a class. Mend or remove the line.");
            return;
        }
        try {
            loaded.add(guard.call(loader, () -> create(className, loader)));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            refuse(candidate, className, place, cause);
        } catch (TimeoutException e) {
            registry.problem(
                    candidate.name(),
                    "load-timed-out",
                    className + " is refused: it did not load within " + folders.loadMillis()
                            + " ms. That is a fault of the plugin: tell its author.");
        }
    }

    private static Registered create(String className, PluginLoader loader) throws Exception {
        Class<?> type = Class.forName(className, false, loader);
        if (!Analysis.class.isAssignableFrom(type)) {
            throw new BadPluginException(
                    "bad-services",
                    className + " does not implement " + Analysis.class.getName() + ". Mend or remove the line.");
        }
        List<String> missing = LinkCheck.notImplemented(type);
        if (!missing.isEmpty() && !Modifier.isAbstract(type.getModifiers())) {
            throw new BadPluginException(
                    "api-mismatch",
                    className + " is refused: it lacks " + String.join(" and ", missing)
                            + ", so it was built for another version of the shared API than " + Analysis.apiVersion()
                            + ". Get the plugin for this version.");
        }
        Analysis analysis = (Analysis) type.getConstructor().newInstance();
        PluginName plugin = PluginName.of(type);
        return Registry.describe(analysis, plugin.name(), plugin.version());
    }

    private void refuse(Candidate candidate, String className, String place, Throwable cause) {
        if (cause instanceof BadPluginException e) {
            registry.problem(candidate.name(), e.code(), e.text());
        } else {
            registry.problem(
                    candidate.name(),
                    "bad-services",
                    Reasons.notCreated(className, cause) + " It is named in " + place + ".");
        }
    }

    private static URL[] urls(Candidate candidate) throws BadPluginException {
        try {
            URL[] urls = new URL[candidate.jars().size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = candidate.jars().get(i).toUri().toURL();
            }
            return urls;
        } catch (MalformedURLException e) {
            throw new BadPluginException(
                    "bad-jar", candidate.place() + " cannot be loaded from (" + e.getMessage() + ").");
        }
    }

    private void close(PluginLoader loader, Candidate candidate) {
        try {
            loader.close();
        } catch (IOException e) {
            registry.problem(
                    candidate.name(), "close-failed", "its jars could not be closed (" + e.getMessage() + ").");
        }
    }
}
