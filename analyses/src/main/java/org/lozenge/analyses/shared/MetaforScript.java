package org.lozenge.analyses.shared;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.plugin.Attachment;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.PredictionMethod;
import org.lozenge.stats.model.Tau2IntervalMethod;
import org.lozenge.stats.model.TestMethod;

/**
 * An R script that pools the same studies with metafor and stops if a number differs by more than 1e-6 (relative, or
 * absolute below 1). Immutable; every pool that is added returns a new script.
 *
 * <p>What metafor has no counterpart for is not checked, and a comment says so.
 */
public final class MetaforScript {

    private static final String HEAD = """
            # Pools the studies again with the R package metafor and stops if a number differs by more than 1e-6.
            # Run it with: Rscript analysis.R
            suppressMessages(library(metafor))
            tight <- list(threshold = 1e-12, maxiter = 10000, tol = 1e-14)
            checked <- 0
            check <- function(what, lozenge, metafor) {
              if (is.na(metafor) || abs(lozenge - metafor) > 1e-6 * max(1, abs(metafor)))
                stop(what, ": Lozenge says ", format(lozenge, digits = 15), ", metafor ", format(metafor, digits = 15))
              checked <<- checked + 1
            }
            """;

    private static final String FOOT = """

            cat(checked, "numbers agree with metafor", as.character(packageVersion("metafor")), "\\n")
            """;

    private final String body;

    private MetaforScript(String body) {
        this.body = body;
    }

    /** Returns a script without pools. */
    public static MetaforScript empty() {
        return new MetaforScript("");
    }

    /** Returns whether nothing was added. */
    public boolean isEmpty() {
        return body.isEmpty();
    }

    /**
     * Adds a pool.
     *
     * @param name what is pooled, for messages, such as {@code Progression}
     */
    public MetaforScript add(String name, Pooled pooled) {
        return new MetaforScript(body + new Part(name, pooled).text());
    }

    /** Returns the script as a part of a result, with the id {@code analysis}. */
    public Attachment attachment() {
        return new Attachment(
                "analysis",
                "The same in R",
                "An R script that pools the studies again with the package metafor and stops if a number differs by more"
                        + " than 1e-6.",
                "R",
                text());
    }

    /** Returns the text of the script. */
    public String text() {
        return HEAD + body + FOOT;
    }

    /** The lines of one pool. */
    private static final class Part {
        private final StringBuilder lines = new StringBuilder();
        private final String name;
        private final Pooled pooled;

        Part(String name, Pooled pooled) {
            this.name = name;
            this.pooled = pooled;
        }

        String text() {
            EffectSizes effects = pooled.effects();
            line("");
            line("# " + comment(name));
            line("study <- c(" + effects.studies().stream().map(Part::quoted).collect(Collectors.joining(", ")) + ")");
            line("y <- " + vector(effects.y()));
            line("v <- " + vector(effects.v()));
            line("level <- " + 100 * pooled.pooling().level());
            if (pooled.strata().isEmpty()) {
                line("common <- rma(y, v, slab = study, method = \"EE\", level = level)");
                fit("common", pooled.common());
            } else {
                line("# The common effect comes from counts by Mantel and Haenszel, and is not checked here.");
            }
            if (effects.k() > 1) {
                random();
            }
            return lines.toString();
        }

        private void random() {
            PooledFit fit = pooled.random();
            Optional<String> method = method(fit);
            if (method.isEmpty()) {
                line("# tau2 is given: " + why(fit));
            }
            String tau2 = method.map(m -> "method = \"" + m + "\"").orElse("tau2 = " + fit.tau2());
            line("random <- rma(y, v, slab = study, " + tau2 + ", test = \"" + test(fit.testMethod())
                    + "\", level = level, control = tight)");
            if (hasCounterpart(fit.testMethod())) {
                fit("random", fit);
                prediction(fit);
            } else {
                line("# The test '" + fit.testMethod().token()
                        + "' has no counterpart in rma(): the random-effects estimate is not checked.");
            }
            heterogeneity(method.isPresent());
        }

        /** The code of metafor for the estimator; empty where τ² must be given. */
        private Optional<String> method(PooledFit fit) {
            String code = fit.estimator().map(estimator -> estimator.code()).orElse("");
            if (pooled.strata().isPresent()) {
                return Optional.empty();
            }
            return switch (code) {
                case "REML", "ML" -> fit.modes().size() > 1 ? Optional.empty() : Optional.of(code);
                case "DL", "HE", "HS", "HSk", "SJ", "SJIT", "EB", "PM", "PMM" -> Optional.of(code);
                default -> Optional.empty();
            };
        }

        private String why(PooledFit fit) {
            if (pooled.strata().isPresent()) {
                return "its Q may be about the effect by Mantel and Haenszel";
            }
            return fit.modes().size() > 1
                    ? "the likelihood has several maxima, of which metafor may take a lower one"
                    : "metafor has no such estimator, or it was fixed";
        }

        private static boolean hasCounterpart(TestMethod method) {
            return switch (method) {
                case WALD, T, HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC -> true;
                default -> false;
            };
        }

        private static String test(TestMethod method) {
            return switch (method) {
                case T -> "t";
                case HARTUNG_KNAPP -> "knha";
                case HARTUNG_KNAPP_AD_HOC -> "adhoc";
                default -> "z";
            };
        }

        private void fit(String model, PooledFit fit) {
            check(model, "estimate", fit.estimate(), model + "$beta[1]");
            check(model, "standard error", fit.standardError(), model + "$se");
            check(model, "statistic", fit.test().statistic(), model + "$zval");
            check(model, "P value", fit.test().pValue(), model + "$pval");
            check(model, "interval, lower", fit.confidenceInterval().lower(), model + "$ci.lb");
            check(model, "interval, upper", fit.confidenceInterval().upper(), model + "$ci.ub");
            for (int i = 0; i < fit.k(); i++) {
                check(
                        model,
                        "weight of " + fit.effects().studies().get(i),
                        fit.weights().get(i),
                        "weights(" + model + ")[[" + (i + 1) + "]] / 100");
            }
        }

        private void heterogeneity(boolean estimated) {
            if (pooled.strata().isPresent()) {
                return;
            }
            Heterogeneity h = pooled.heterogeneity();
            check("random", "Q", h.q().statistic(), "random$QE");
            check("random", "P of Q", h.q().pValue(), "random$QEp");
            check("random", "tau2", h.tau2(), "random$tau2");
            boolean fromQ = pooled.pooling().basis() == HeterogeneityBasis.Q;
            check("random", "I2", h.i2(), fromQ ? "max(0, 1 - (length(y) - 1) / random$QE)" : "random$I2 / 100");
            if (estimated
                    && pooled.pooling().tau2Interval() == Tau2IntervalMethod.Q_PROFILE
                    && !h.tau2IntervalIsNull()) {
                h.tau2Interval().ifPresent(this::profile);
            }
        }

        private void profile(Interval interval) {
            line("profile <- confint(random, control = list(tol = 1e-12, maxiter = 10000, tau2.max = "
                    + Math.max(100, 10 * interval.upper()) + "))$random");
            check("random", "interval of tau2, lower", interval.lower(), "profile[1, 2]");
            check("random", "interval of tau2, upper", interval.upper(), "profile[1, 3]");
        }

        private void prediction(PooledFit fit) {
            Optional<Interval> interval = fit.predictionInterval();
            PredictionMethod method = pooled.pooling().prediction();
            if (interval.isEmpty()) {
                return;
            }
            String se = fit.testMethod() == TestMethod.WALD || fit.testMethod() == TestMethod.T
                    ? "random$se"
                    : "1 / sqrt(sum(1 / (v + random$tau2)))";
            Optional<String> df = switch (method) {
                case HTS -> Optional.of("length(y) - 2");
                case T -> Optional.of("length(y) - 1");
                default -> Optional.empty();
            };
            if (method == PredictionMethod.AUTO) {
                line("predicted <- predict(random)");
                both(interval.get(), "predicted$pi.lb", "predicted$pi.ub");
            } else if (df.isPresent()) {
                line("reach <- qt((1 + level / 100) / 2, " + df.get() + ") * sqrt(random$tau2 + (" + se + ")^2)");
                both(interval.get(), "random$beta[1] - reach", "random$beta[1] + reach");
            }
        }

        private void both(Interval interval, String lower, String upper) {
            check("random", "prediction interval, lower", interval.lower(), lower);
            check("random", "prediction interval, upper", interval.upper(), upper);
        }

        /** A number that is not defined has nothing to be held against. */
        private void check(String model, String what, double value, String r) {
            if (!Double.isNaN(value) && !Double.isInfinite(value)) {
                line("check(" + quoted(name + ", " + model + ": " + what) + ", " + value + ", " + r + ")");
            }
        }

        private void line(String text) {
            lines.append(text).append('\n');
        }

        private static String vector(DoubleSeq values) {
            return Arrays.stream(values.toArray())
                    .mapToObj(Double::toString)
                    .collect(Collectors.joining(", ", "c(", ")"));
        }

        private static String comment(String text) {
            return text.replaceAll("\\p{Cntrl}", " ");
        }

        /** A text of R in ASCII, so that the script runs under any locale. */
        private static String quoted(String text) {
            StringBuilder quoted = new StringBuilder("\"");
            text.codePoints().forEach(c -> {
                if (c == '"' || c == '\\') {
                    quoted.append('\\').appendCodePoint(c);
                } else if (c < ' ' || c == 127) {
                    quoted.append(' ');
                } else if (c < 127) {
                    quoted.appendCodePoint(c);
                } else {
                    quoted.append(String.format(Locale.ROOT, "\\U{%x}", c));
                }
            });
            return quoted.append('"').toString();
        }
    }
}
