package org.lozenge.hosts.scijava;

import java.util.List;
import org.lozenge.workbench.Workbench;
import org.scijava.module.ModuleService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/**
 * Makes each analysis a module of SciJava, with the identifier {@code lozenge:ID} and a place in the menu
 * <em>Plugins › Meta-analysis</em>. SciJava makes its dialogs and runs it; scripts run it through the module service.
 */
@Plugin(type = Service.class, name = "Meta-analysis")
public final class LozengeService extends AbstractService implements SciJavaService {

    @Parameter
    @SuppressWarnings("NullAway.Init") // SciJava fills it in before it calls initialize()
    private ModuleService modules;

    @SuppressWarnings("NullAway.Init") // opened by initialize()
    private Workbench workbench;

    @SuppressWarnings("NullAway.Init")
    private List<AnalysisInfo> infos;

    /** For SciJava, which finds this class by the plugin index. */
    public LozengeService() {}

    @Override
    public void initialize() {
        workbench = Workbench.openLazily();
        infos = workbench.analyses().stream()
                .map(spec -> new AnalysisInfo(workbench, spec))
                .toList();
        modules.addModules(infos);
    }

    /** Returns the workbench behind the modules, to add analyses of one's own to scripts. */
    public Workbench workbench() {
        return workbench;
    }

    @Override
    public void dispose() {
        modules.removeModules(infos);
        workbench.close();
    }
}
