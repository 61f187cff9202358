package org.lozenge.analyses.shared;

import org.lozenge.stats.effect.Correlation;
import org.lozenge.stats.effect.Determination;
import org.lozenge.stats.effect.MatchedPairs;
import org.lozenge.stats.effect.OneMean;
import org.lozenge.stats.effect.OneSpread;
import org.lozenge.stats.effect.PairedMeans;
import org.lozenge.stats.effect.PairedSpreads;
import org.lozenge.stats.effect.PartialCorrelation;
import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.Proportion;
import org.lozenge.stats.effect.Rate;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.Reliability;
import org.lozenge.stats.effect.SemiPartialCorrelation;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.TwoMeans;
import org.lozenge.stats.effect.TwoSpreads;

/** How many participants raw numbers speak of. */
final class Participants {

    private Participants() {}

    /** The number; NaN where the data do not tell. */
    static double of(RawData raw) {
        if (raw instanceof TwoByTwo t) {
            return t.total();
        } else if (raw instanceof TwoMeans m) {
            return m.n1() + m.n2();
        } else if (raw instanceof TwoSpreads s) {
            return s.n1() + s.n2();
        } else if (raw instanceof Proportion p) {
            return p.n();
        } else if (raw instanceof MatchedPairs p) {
            return p.pairs();
        } else if (raw instanceof PairedMeans p) {
            return p.n();
        } else if (raw instanceof PairedSpreads p) {
            return p.n();
        } else if (raw instanceof OneMean m) {
            return m.n();
        } else if (raw instanceof OneSpread s) {
            return s.n();
        } else if (raw instanceof Correlation c) {
            return c.n();
        }
        return ofRegression(raw);
    }

    private static double ofRegression(RawData raw) {
        if (raw instanceof PartialCorrelation c) {
            return c.n();
        } else if (raw instanceof SemiPartialCorrelation c) {
            return c.n();
        } else if (raw instanceof Determination d) {
            return d.n();
        } else if (raw instanceof Reliability r) {
            return r.n();
        }
        return Double.NaN;
    }

    /** Whether counts are whole numbers; true for data that are not counts. */
    static boolean areWhole(RawData raw) {
        if (raw instanceof TwoByTwo t) {
            return whole(t.a()) && whole(t.b()) && whole(t.c()) && whole(t.d());
        } else if (raw instanceof MatchedPairs t) {
            return whole(t.a()) && whole(t.b()) && whole(t.c()) && whole(t.d());
        } else if (raw instanceof PersonTime t) {
            return whole(t.events1()) && whole(t.events2());
        } else if (raw instanceof Proportion p) {
            return whole(p.events()) && whole(p.n());
        } else if (raw instanceof Rate r) {
            return whole(r.events());
        }
        return true;
    }

    private static boolean whole(double value) {
        return value == Math.rint(value);
    }
}
