package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Role;
import org.lozenge.stats.survival.PrintedNumber;

/** The cells of the table that hold effects, and the columns they stand in. */
final class EffectCells {

    /** What a cell holds. */
    enum Kind {
        EFFECT("effect"),
        SE("se"),
        VARIANCE("variance"),
        RATIO("ratio"),
        LOW("ci_low"),
        HIGH("ci_high"),
        LEVEL("ci_level"),
        O_MINUS_E("o_minus_e"),
        V("v"),
        P("p");

        private final String role;

        Kind(String role) {
            this.role = role;
        }
    }

    private final Map<Kind, String[]> texts = new EnumMap<>(Kind.class);
    private final Map<Kind, String> columns = new EnumMap<>(Kind.class);

    EffectCells(Inputs in) {
        Map<Kind, Role> roles = new LinkedHashMap<>();
        roles.put(Kind.EFFECT, effect(in));
        roles.put(Kind.SE, EffectRoles.SE);
        roles.put(Kind.VARIANCE, variance(in));
        roles.put(Kind.RATIO, in.has(EffectRoles.RATIO) ? EffectRoles.RATIO : EffectRoles.HR);
        roles.put(Kind.LOW, EffectRoles.CI_LOW);
        roles.put(Kind.HIGH, EffectRoles.CI_HIGH);
        roles.put(Kind.LEVEL, EffectRoles.CI_LEVEL);
        roles.put(Kind.P, EffectRoles.P);
        if (in.has(EffectRoles.O_MINUS_E)) {
            roles.put(Kind.O_MINUS_E, EffectRoles.O_MINUS_E);
            roles.put(Kind.V, EffectRoles.V);
        }
        roles.forEach((kind, role) -> {
            if (in.has(role)) {
                texts.put(kind, in.strings(role));
                columns.put(kind, in.columns(role).get(0));
            }
        });
    }

    /** In tables of results, y is the effect and {@code effect} its back-transform. */
    private static Role effect(Inputs in) {
        boolean both = in.has(EffectRoles.Y) && in.has(EffectRoles.EFFECT);
        boolean resultTable = both && in.columns(EffectRoles.EFFECT).contains("effect");
        return in.has(EffectRoles.Y) && (!both || resultTable) ? EffectRoles.Y : EffectRoles.EFFECT;
    }

    /** Without O − E, a column v beside an effect can only be its variance. */
    private static Role variance(Inputs in) {
        boolean spare = in.has(EffectRoles.V) && !in.has(EffectRoles.O_MINUS_E) && !in.has(EffectRoles.VARIANCE);
        return spare ? EffectRoles.V : EffectRoles.VARIANCE;
    }

    boolean has(Kind kind, int i) {
        String[] column = texts.get(kind);
        return column != null && !column[i].isEmpty();
    }

    boolean has(List<Kind> kinds, int i) {
        return kinds.stream().allMatch(kind -> has(kind, i));
    }

    boolean isMapped(Kind kind) {
        return columns.containsKey(kind);
    }

    /** The text of a cell; empty where there is none. */
    String text(Kind kind, int i) {
        String[] column = texts.get(kind);
        return column == null ? "" : column[i];
    }

    /**
     * The number in a cell that is not blank.
     *
     * @throws CellException if it holds none
     */
    PrintedNumber number(Kind kind, int i) {
        try {
            PrintedNumber number = PrintedNumber.parse(text(kind, i));
            if (number.percent()) {
                throw new CellException(
                        "bad-cell", kind, "'" + number.text() + "' is a percentage; write the number itself");
            }
            return number;
        } catch (IllegalArgumentException e) {
            throw new CellException(
                    "bad-cell", kind, Optional.ofNullable(e.getMessage()).orElse("not a number"));
        }
    }

    /** The name of the column of a kind, or of its role where no column is mapped. */
    String column(Kind kind) {
        return Optional.ofNullable(columns.get(kind)).orElse(kind.role);
    }

    /** What the table's own names did not say, for the reader to check. */
    List<String> assumptions(Inputs in) {
        List<String> assumptions = new ArrayList<>();
        if (in.has(EffectRoles.Y) && in.has(EffectRoles.EFFECT)) {
            boolean y = effect(in).equals(EffectRoles.Y);
            assumptions.add("Column '" + column(Kind.EFFECT) + "' is read as the effect on the analysis scale; column '"
                    + in.columns(y ? EffectRoles.EFFECT : EffectRoles.Y).get(0) + "' is left out.");
        }
        if (variance(in).equals(EffectRoles.V) && isMapped(Kind.EFFECT) && !isMapped(Kind.SE)) {
            assumptions.add("Column '" + column(Kind.VARIANCE)
                    + "' is read as the sampling variance, since there is no column of O − E.");
        }
        return assumptions;
    }

    /** The names of all mapped columns. */
    Stream<String> columns() {
        return columns.entrySet().stream()
                .filter(entry -> entry.getKey() != Kind.LEVEL && entry.getKey() != Kind.P)
                .map(Map.Entry::getValue);
    }

    /** Something is wrong with a cell. */
    static final class CellException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final Kind kind;

        CellException(String code, Kind kind, String message) {
            super(message);
            this.code = code;
            this.kind = kind;
        }

        String code() {
            return code;
        }

        Kind kind() {
            return kind;
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }
}
