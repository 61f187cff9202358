package org.lozenge.analyses.multilevel;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.analyses.dependent.FitParams;
import org.lozenge.analyses.dependent.Sampling;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;

/** Roles and options of the analysis {@code multilevel}. */
final class MultilevelOptions {

    /** Whether each row has a random effect of its own below the mapped levels. */
    enum RowLevel {
        /** If no level below the cluster is mapped. */
        AUTO,
        /** Yes. */
        YES,
        /** No. */
        NO
    }

    static final Role CLUSTER = Roles.CLUSTER
            .optional()
            .labelled("Cluster of dependent effects; the study unless mapped")
            .aka("district", "paper", "article", "publication", "level3");

    static final Role LEVEL2 = Role.category("level2", "Groups within clusters, outer ones first")
            .many()
            .optional()
            .aka("effect_id", "esid", "es_id");

    static final Param<RowLevel> ROW_LEVEL = Param.choice("row-level", "A random effect for each row", RowLevel.AUTO)
            .help("auto: if no column is mapped to level2; yes, no: below the mapped levels or not.");

    private MultilevelOptions() {}

    static Role[] roles() {
        return new Role[] {
            CLUSTER, LEVEL2, Moderators.MODERATORS, Sampling.COVARIANCES, Sampling.CORRELATION, Sampling.SAMPLE
        };
    }

    static Param<?>[] params() {
        List<Param<?>> first = new ArrayList<>(Sampling.params());
        first.addAll(Moderators.params());
        first.add(NewValues.AT);
        return FitParams.all(first, List.of(ROW_LEVEL));
    }
}
