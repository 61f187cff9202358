package org.lozenge.analyses.pool;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Param;

/** The options of the analysis {@code pool}. */
final class PoolOptions {

    static final Param<String> FAVOURS_LOW = Param.text("favours-low", "What values below no effect favour", "")
            .help("Words for the left side of the forest plot, such as: Favours lenalidomide.");

    static final Param<String> FAVOURS_HIGH = Param.text("favours-high", "What values above no effect favour", "")
            .help("Words for the right side of the forest plot.");

    private PoolOptions() {}

    static Param<?>[] params() {
        List<Param<?>> params = new ArrayList<>(List.of(StudyInput.MEASURE));
        params.addAll(PoolingParams.all());
        params.addAll(StudyInput.params());
        params.addAll(List.of(FAVOURS_LOW, FAVOURS_HIGH));
        return params.toArray(Param<?>[]::new);
    }
}
