package org.lozenge.analyses.multilevel;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.analyses.dependent.Rows;
import org.lozenge.analyses.multilevel.MultilevelOptions.RowLevel;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.multilevel.NestedLevels;

/** The levels of the model, from columns; those that cannot be told from others are left out with a warning. */
record Groups(NestedLevels levels, List<String> clusters, List<String> clusterOfRow) {

    static Groups of(Rows rows, RunContext context) {
        Inputs in = rows.inputs();
        boolean mapped = in.has(MultilevelOptions.CLUSTER);
        String column = mapped
                ? in.columns(MultilevelOptions.CLUSTER).get(0)
                : in.has(StudyInput.STUDY) ? in.columns(StudyInput.STUDY).get(0) : "study";
        List<String> clusters = mapped
                ? List.of(rows.texts(MultilevelOptions.CLUSTER))
                : rows.effects().studies();
        List<String> names = new ArrayList<>(List.of(column));
        List<List<String>> groups = new ArrayList<>(List.of(clusters));
        for (String inner : in.columns(MultilevelOptions.LEVEL2)) {
            names.add(inner);
            groups.add(List.of(rows.texts(MultilevelOptions.LEVEL2, inner)));
        }
        NestedLevels levels = NestedLevels.of(names, groups);
        if (levels.count(0) < 2) {
            throw new AnalysisException(
                    "one-cluster",
                    in.source() + ": all " + rows.size() + " rows have " + (mapped ? "cluster '" : "study '")
                            + clusters.get(0) + "' in column '" + column
                            + "'. A model with clusters needs at least two; map another column with --map cluster=COLUMN,"
                            + " or use pool for independent effects.");
        }
        Groups all = new Groups(withRows(levels, in), Rows.names(clusters.toArray(String[]::new)), clusters);
        Groups told = all.withoutSame(rows, context);
        told.tell(rows, context);
        return told;
    }

    private static NestedLevels withRows(NestedLevels levels, Inputs in) {
        RowLevel asked = in.get(MultilevelOptions.ROW_LEVEL);
        boolean inner = in.has(MultilevelOptions.LEVEL2);
        boolean unique = levels.count(levels.size() - 1) == levels.rows();
        boolean wanted = asked == RowLevel.YES || (asked == RowLevel.AUTO && !inner);
        return wanted && (!unique || levels.size() == 1) ? levels.withRows("row") : levels;
    }

    /** Leaves out each level whose groups are those of the level above. */
    private Groups withoutSame(Rows rows, RunContext context) {
        NestedLevels kept = levels;
        for (int level = kept.size() - 1; level > 0; level--) {
            if (kept.count(level) == kept.count(level - 1)) {
                boolean singletons = kept.count(level) == kept.rows();
                String text = singletons
                        ? "each row is a group of '" + kept.name(level - 1)
                                + "' by itself, so that variation between and within them cannot be told apart"
                        : "'" + kept.name(level) + "' has the same groups as '" + kept.name(level - 1) + "'";
                kept = kept.without(level);
                context.warn(
                        kept.size() == 1 ? "two-level" : "same-level",
                        rows.inputs().source() + ": " + text + ". The model has "
                                + (kept.size() == 1
                                        ? "one level of random effects" + (singletons ? " and is that of pool" : "")
                                        : kept.size() + " levels of random effects")
                                + ".");
            }
        }
        return new Groups(kept, clusters, clusterOfRow);
    }

    private void tell(Rows rows, RunContext context) {
        int last = levels.size() - 1;
        if (levels.count(last) < levels.rows() && rows.inputs().get(MultilevelOptions.ROW_LEVEL) == RowLevel.AUTO) {
            context.info(
                    "no-row-level",
                    rows.inputs().source() + ": groups of '" + levels.name(last)
                            + "' have several rows, whose true effects are"
                            + " taken to be equal. Give each row a random effect with --row-level yes.");
        }
        if (levels.count(0) < 5) {
            context.warn(
                    "few-clusters",
                    rows.inputs().source() + ": there are only " + levels.count(0)
                            + " clusters, so that variation between" + " them and all tests are uncertain.");
        }
    }

    /** The rows of all clusters, cluster by cluster. */
    List<int[]> byCluster() {
        List<List<Integer>> members = new ArrayList<>();
        for (int c = 0; c < levels.count(0); c++) {
            members.add(new ArrayList<>());
        }
        for (int row = 0; row < levels.rows(); row++) {
            members.get(levels.group(0, row)).add(row);
        }
        return members.stream()
                .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    String[] clusterNames() {
        return clusterOfRow.toArray(String[]::new);
    }

    int largest() {
        return byCluster().stream().mapToInt(rows -> rows.length).max().orElse(0);
    }
}
