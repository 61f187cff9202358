package org.lozenge.analyses.shared;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.stats.survival.CurveReader.Column;

/** The cells of a table that hold points of survival curves, by position among the rows of the inputs. */
final class CurvePoints {

    private static final Set<Column> MARKS = Set.of(Column.SURVIVAL, Column.N_RISK, Column.FU_MIN, Column.FU_MAX);

    /** What the rows of one curve have in common. */
    record Key(String study, String endpoint, String report, String cutoff) {

        /** Whether a printed result may belong to the curve: the same study and endpoint, and no other document. */
        boolean fits(Key printed) {
            return study.equalsIgnoreCase(printed.study)
                    && endpoint.equalsIgnoreCase(printed.endpoint)
                    && agree(report, printed.report)
                    && agree(cutoff, printed.cutoff);
        }

        /** The key without regard to case. */
        List<String> folded() {
            return Stream.of(study, endpoint, report, cutoff)
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .toList();
        }

        private static boolean agree(String a, String b) {
            return a.isEmpty() || b.isEmpty() || a.equalsIgnoreCase(b);
        }
    }

    private final Map<Column, String[]> cells = new EnumMap<>(Column.class);
    private final Map<Column, String> columns = new EnumMap<>(Column.class);
    private final String[] study;
    private final String[] endpoint;
    private final String[] report;
    private final String[] cutoff;
    private final String[] arm;
    private final String armColumn;

    CurvePoints(Inputs in) {
        boolean curves = in.has(CurveRoles.ARM) || in.has(CurveRoles.SURVIVAL);
        CurveRoles.byColumn().forEach((column, role) -> {
            if (curves && in.has(role)) {
                cells.put(column, in.strings(role));
                columns.put(column, in.columns(role).get(0));
            }
        });
        study = texts(in, Roles.STUDY);
        endpoint = texts(in, ReportRows.ENDPOINT);
        report = texts(in, CurveRoles.REPORT);
        cutoff = texts(in, CurveRoles.CUTOFF);
        arm = texts(in, CurveRoles.ARM);
        armColumn = in.has(CurveRoles.ARM) ? in.columns(CurveRoles.ARM).get(0) : CurveRoles.ARM.name();
    }

    static String[] texts(Inputs in, Role role) {
        if (in.has(role)) {
            return in.strings(role);
        }
        String[] none = new String[in.rows()];
        Arrays.fill(none, "");
        return none;
    }

    /** Whether a row is a point of a curve, and no printed result. */
    boolean isPoint(int i) {
        return !arm[i].isEmpty()
                && MARKS.stream().anyMatch(column -> !text(column, i).isEmpty());
    }

    /** Whether a row has a point but says not of which arm. */
    boolean lacksArm(int i) {
        return arm[i].isEmpty()
                && (!text(Column.SURVIVAL, i).isEmpty()
                        || !text(Column.N_RISK, i).isEmpty());
    }

    Key key(int i) {
        return new Key(study[i], endpoint[i], report[i], cutoff[i]);
    }

    String arm(int i) {
        return arm[i];
    }

    /** The column that names the arms. */
    String armColumn() {
        return armColumn;
    }

    String text(Column column, int i) {
        String[] texts = cells.get(column);
        return texts == null ? "" : texts[i];
    }

    Map<Column, String> cells(int i) {
        Map<Column, String> row = new EnumMap<>(Column.class);
        cells.forEach((column, texts) -> row.put(column, texts[i]));
        return row;
    }

    /** The name of a column in the user's table, or of its role where none is mapped. */
    String name(Column column) {
        return columns.getOrDefault(column, column.code());
    }
}
