package org.lozenge.analyses.absoluteeffect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.lozenge.analyses.shared.AbsoluteWords;
import org.lozenge.analyses.shared.AbsoluteWords.Certainty;
import org.lozenge.analyses.shared.BaselineParams;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;

/** The roles and options of the analysis {@code absolute-effect}. */
final class AbsoluteEffectOptions {

    /** Which model's effect is applied. */
    enum Model {
        RANDOM,
        COMMON
    }

    static final Param<Model> MODEL = Param.choice("model", "Model whose effect is applied", Model.RANDOM);

    static final Param<String> OUTCOME = Param.text("outcome", "Name of the outcome", "")
            .help("As 'baseline-is' has it: the event (death) or being free of it (overall survival).");

    static final Param<String> TREATMENT = Param.text("treatment", "Name of the treatment", "treatment");

    static final Param<String> CONTROL = Param.text("control", "Name of what it is compared with", "control");

    static final Param<Certainty> CERTAINTY = Param.choice("certainty", "Certainty of the evidence", Certainty.UNSTATED)
            .help("As the reviewer judged it; chooses the verbs of the sentences.");

    static final Param<Boolean> GOOD_EVENT = Param.flag("good-event", "The event is what patients hope for", false)
            .help("Such as response or recovery: more of it then is the benefit.");

    static final Param<String> CONTROL_MEDIAN = Param.text("control-median", "Median time of control", "")
            .help("Translated into a median with treatment under constant hazards.");

    static final Role UNIT = Role.text("unit", "Unit of times").sparse().aka("time_unit");

    static final Role PI_LOW = Role.text("pi_low", "Lower limit of the prediction interval of a pooled effect")
            .sparse()
            .aka("effect_pi_lower", "pi_lb");

    static final Role PI_HIGH = Role.text("pi_high", "Upper limit of the prediction interval of a pooled effect")
            .sparse()
            .aka("effect_pi_upper", "pi_ub");

    private static final Pattern FREE =
            Pattern.compile("surviv|[- ]free|\\bfree of\\b|alive|\\b(os|pfs|efs|dfs|rfs)\\b");

    private static final Pattern HARM =
            Pattern.compile("\\b(deaths?|mortality|died|dying|relapses?|recurrences?|events?|progression|failure)\\b");

    private AbsoluteEffectOptions() {}

    static Role[] roles() {
        List<Role> roles = new ArrayList<>(List.of(StudyInput.roles()));
        roles.addAll(List.of(UNIT, PI_LOW, PI_HIGH));
        return roles.toArray(Role[]::new);
    }

    static Param<?>[] params() {
        List<Param<?>> params = new ArrayList<>(List.of(StudyInput.MEASURE, MODEL));
        params.addAll(BaselineParams.all());
        params.addAll(List.of(OUTCOME, TREATMENT, CONTROL, CERTAINTY, GOOD_EVENT, CONTROL_MEDIAN));
        params.addAll(PoolingParams.all());
        params.addAll(StudyInput.params());
        return params.toArray(Param<?>[]::new);
    }

    /**
     * Returns how sentences speak of the outcome.
     *
     * @throws AnalysisException with code {@code outcome-contradicts} if the name of the outcome says the opposite
     */
    static AbsoluteWords words(Inputs in) {
        boolean eventFree = in.get(BaselineParams.COUNTS) != BaselineParams.Counts.EVENT;
        String outcome = in.get(OUTCOME).strip();
        String lower = outcome.toLowerCase(Locale.ROOT);
        boolean free = FREE.matcher(lower).find();
        boolean harm = !free && HARM.matcher(lower).find();
        if (eventFree ? harm : free) {
            throw new AnalysisException(
                    "outcome-contradicts",
                    "Option 'outcome' is " + outcome + ", which names "
                            + (free ? "being free of the event" : "the event") + ", but the baseline counts "
                            + (eventFree ? "patients free of the event" : "events")
                            + ". Name the outcome as the baseline counts it (overall survival, or death), or correct"
                            + " --baseline-is.");
        }
        return new AbsoluteWords(
                eventFree,
                outcome,
                in.get(TREATMENT).strip(),
                in.get(CONTROL).strip(),
                in.get(GOOD_EVENT),
                in.get(CERTAINTY));
    }
}
