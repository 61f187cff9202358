package org.lozenge.analyses.shared;

import java.util.Locale;
import java.util.Objects;
import org.lozenge.stats.survival.AbsoluteEffect;
import org.lozenge.stats.survival.AbsoluteEffect.Limited;
import org.lozenge.stats.survival.NumberNeededToTreat;

/**
 * Absolute effects in sentences that name the outcome either as the event or as being free of it, and keep to that.
 *
 * @param eventFree whether the outcome is being free of the event
 * @param outcome its name, such as {@code death} or {@code overall survival}; empty where it is not known
 * @param treatment name of the treatment
 * @param control name of what it is compared with
 * @param goodEvent whether the event is what patients hope for, so that more of it is the benefit
 * @param certainty certainty of the evidence
 */
public record AbsoluteWords(
        boolean eventFree, String outcome, String treatment, String control, boolean goodEvent, Certainty certainty) {

    /** Certainty of the evidence, as the reviewer judged it. */
    public enum Certainty {
        /** Not judged. */
        UNSTATED("not stated"),
        /** High. */
        HIGH("high"),
        /** Moderate. */
        MODERATE("moderate"),
        /** Low. */
        LOW("low"),
        /** Very low. */
        VERY_LOW("very low");

        private final String label;

        Certainty(String label) {
            this.label = label;
        }

        /** Returns the word for a table. */
        public String label() {
            return label;
        }
    }

    /** Checks that nothing is missing. */
    public AbsoluteWords {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(treatment, "treatment");
        Objects.requireNonNull(control, "control");
        Objects.requireNonNull(certainty, "certainty");
    }

    /** Returns the outcome for a heading. */
    public String name() {
        return outcome.isEmpty() ? (eventFree ? "event-free" : "event") : outcome;
    }

    /** Returns what the sentences count, per 1000: the control's number. */
    public double control(AbsoluteEffect effect) {
        return 1000
                * (eventFree ? effect.baseline().eventFree() : effect.baseline().event());
    }

    /** Returns the treatment's numbers per 1000 of what the sentences count. */
    public Limited treated(AbsoluteEffect effect) {
        return perThousand(eventFree ? effect.eventFree() : effect.eventFree().complement());
    }

    /** Returns the differences per 1000 of what the sentences count, treatment minus control. */
    public Limited difference(AbsoluteEffect effect) {
        return perThousand(eventFree ? effect.difference() : effect.difference().negated());
    }

    static Limited perThousand(Limited fractions) {
        return new Limited(1000 * fractions.value(), 1000 * fractions.lower(), 1000 * fractions.upper());
    }

    /** Returns the number needed to treat for one more with the good end. */
    public NumberNeededToTreat numberNeededToTreat(AbsoluteEffect effect) {
        return goodEvent ? effect.numberNeededToTreatForEvent() : effect.numberNeededToTreat();
    }

    /** Returns {@code 604 (561 to 650)}. */
    public static String limited(Limited number) {
        return whole(number.value()) + " (" + whole(number.lower()) + " to " + whole(number.upper()) + ")";
    }

    /** Returns a number per 1000 without decimals, or with as many as it takes not to read 0. */
    public static String whole(double number) {
        return PlotText.fixed(number, Math.abs(number) < 9.5 && number != Math.rint(number) ? 1 : 0);
    }

    /** Returns {@code 254 more (211 to 300 more)}, {@code 12 fewer (40 fewer to 15 more)}. */
    public static String change(Limited d) {
        if (d.value() == 0 && d.lower() == 0 && d.upper() == 0) {
            return "no difference";
        }
        double low = d.value() < 0 ? d.upper() : d.lower();
        double high = d.value() < 0 ? d.lower() : d.upper();
        String first = more(d.value());
        String limits = Math.signum(low) * Math.signum(high) < 0
                ? more(low) + " to " + more(high)
                : whole(Math.abs(low)) + " to " + more(high);
        return first + " (" + limits + ")";
    }

    private static String more(double d) {
        return d == 0 ? "0" : whole(Math.abs(d)) + (d < 0 ? " fewer" : " more");
    }

    /** Returns for instance {@code NNTB 3.9 (3.3 to 4.7)} or {@code NNTB 25 (NNTB 10 to ∞ to NNTH 50)}. */
    public static String nnt(NumberNeededToTreat nnt) {
        String kind = nnt.value() < 0 ? "NNTH " : "NNTB ";
        if (Double.isInfinite(nnt.value())) {
            kind = "NNT ";
        }
        String value = kind + needed(nnt.value());
        if (nnt.passesThroughInfinity()) {
            return value + " (NNTB " + needed(nnt.lower()) + " to ∞ to NNTH " + needed(nnt.upper()) + ")";
        }
        double near = Math.min(Math.abs(nnt.lower()), Math.abs(nnt.upper()));
        double far = Math.max(Math.abs(nnt.lower()), Math.abs(nnt.upper()));
        return value + " (" + needed(near) + " to " + needed(far) + ")";
    }

    private static String needed(double number) {
        double n = Math.abs(number);
        return Double.isInfinite(n) ? "∞" : PlotText.fixed(n, n < 99.95 ? 1 : 0);
    }

    /** Returns what the numbers are: {@code At 36 months, 350 per 1000 …}. */
    public String numbers(RelativeEffect.Applied applied) {
        AbsoluteEffect effect = applied.effect();
        String what = eventFree ? "are free of the event" : "have the event";
        String name = outcome.isEmpty() ? "" : " (" + outcome + ")";
        String sentence = applied.baseline().at() + whole(control(effect)) + " per 1000 " + what + name + " with "
                + control + " and " + limited(treated(effect)) + " per 1000 with " + treatment + ": "
                + change(difference(effect)) + ", " + nnt(numberNeededToTreat(effect)) + ".";
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    /**
     * Returns the finding as a reader of the summary wants it, with the verb of the certainty. An interval that holds no
     * difference is never called no effect.
     */
    public String finding(RelativeEffect.Applied applied) {
        Limited d = difference(applied.effect());
        String subject = treatment.substring(0, Math.min(1, treatment.length())).toUpperCase(Locale.ROOT)
                + treatment.substring(Math.min(1, treatment.length()));
        String object = eventFree
                ? (outcome.isEmpty() ? "the number free of the event" : outcome)
                : (outcome.isEmpty() ? "the number with the event" : outcome);
        String per = change(d) + " per 1000";
        if (certainty == Certainty.VERY_LOW) {
            return "The evidence is very uncertain about what " + treatment + " does to " + object + " (" + per + ").";
        }
        if (d.lower() <= 0 && d.upper() >= 0) {
            return switch (certainty) {
                case UNSTATED, HIGH ->
                    subject + " may raise or lower " + object + ", which is not settled: " + per + ".";
                case MODERATE ->
                    subject + " may raise or lower " + object + ", which is probably not settled: " + per + ".";
                case LOW, VERY_LOW ->
                    "From evidence of low certainty, " + treatment + " may raise or lower " + object + ": " + per + ".";
            };
        }
        boolean up = d.value() > 0;
        String verb = switch (certainty) {
            case UNSTATED, HIGH -> up ? "increases" : "reduces";
            case MODERATE -> up ? "probably increases" : "probably reduces";
            case LOW, VERY_LOW -> up ? "may increase" : "may reduce";
        };
        return certainty == Certainty.UNSTATED
                ? "With " + treatment + ", " + per + " " + (eventFree ? "are free of the event" : "have the event")
                        + "."
                : subject + " " + verb + " " + object + ": " + per + ".";
    }
}
