package org.lozenge.analyses.shared;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Roles;
import org.lozenge.stats.survival.Arm;

/**
 * Which of the arms that a table names is the control: by usual words such as {@code treatment} and {@code placebo}, by the
 * option {@link ReportParams#CONTROL_ARM}, or by columns that name both arms of a study.
 */
final class CurveArms {

    private final Set<String> controls;
    private final Map<String, Map<String, Arm>> stated = new HashMap<>();

    CurveArms(Inputs in) {
        controls = Arrays.stream(in.get(ReportParams.CONTROL_ARM).split("[,;]"))
                .map(CurveArms::plain)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        String[] study = CurvePoints.texts(in, Roles.STUDY);
        String[] treatment = CurvePoints.texts(in, CurveRoles.TREATMENT);
        String[] control = CurvePoints.texts(in, CurveRoles.CONTROL);
        for (int i = 0; i < in.rows(); i++) {
            Map<String, Arm> arms = stated.computeIfAbsent(plain(study[i]), key -> new HashMap<>());
            arms.put(plain(treatment[i]), Arm.TREATMENT);
            arms.put(plain(control[i]), Arm.CONTROL);
        }
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Says which arm is which.
     *
     * @param study the study of the arms
     * @param names the arms as named
     * @return the role of each; empty if it is not known which is the control
     */
    Optional<Map<String, Arm>> of(String study, List<String> names) {
        Map<String, Arm> known = new LinkedHashMap<>();
        for (String name : names) {
            arm(study, name).ifPresent(arm -> known.put(name, arm));
        }
        Set<Arm> missing = new HashSet<>(List.of(Arm.values()));
        missing.removeAll(known.values());
        List<String> unknown =
                names.stream().filter(name -> !known.containsKey(name)).toList();
        if (unknown.size() == 1 && known.size() == 1 && missing.size() == 1) {
            known.put(unknown.get(0), missing.iterator().next());
        }
        return known.size() == names.size() ? Optional.of(known) : Optional.empty();
    }

    private Optional<Arm> arm(String study, String name) {
        if (controls.contains(plain(name))) {
            return Optional.of(Arm.CONTROL);
        }
        Arm said = stated.getOrDefault(plain(study), Map.of()).get(plain(name));
        return said == null ? Arm.read(name) : Optional.of(said);
    }
}
