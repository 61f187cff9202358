package org.lozenge.analyses.moderatorforest;

import java.util.List;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;

/** Roles and options of the analysis {@code moderator-forest}. */
final class ForestOptions {

    /** How studies are weighted. */
    enum Weights {
        /** 1/(v + τ²), τ² by restricted maximum likelihood. */
        RANDOM,
        /** 1/v. */
        COMMON,
        /** All the same. */
        EQUAL
    }

    static final Role MODERATORS = Roles.MODERATORS.sparse().aka("covariates", "covariate", "predictors");

    static final Param<String> CATEGORIES = Param.text("categories", "Columns of numbers that are categories", "")
            .suggest("phase,arm");

    static final Param<Weights> WEIGHTS = Param.choice("weights", "Weights of studies", Weights.RANDOM)
            .help(
                    "random: 1/(variance + τ²) with τ² by REML; common: 1/variance; equal. They are the chances with which"
                            + " studies are drawn for a tree, and the weights of errors.");

    static final Param<Integer> TREES =
            Param.integer("trees", "Trees of each forest", 250).min(10).max(10_000);

    static final Param<Integer> REPEATS = Param.integer("repeats", "Forests", 10)
            .min(2)
            .max(200)
            .help("Forests with other random numbers; their differences are the spread of what they say.");

    static final Param<Integer> MTRY = Param.integer("mtry", "Moderators tried at each split", 0)
            .min(0)
            .max(1000)
            .help("0: a third of them, at least one.")
            .advanced();

    static final Param<Integer> NODE_SIZE = Param.integer("node-size", "Smallest leaf", 5)
            .min(1)
            .max(1000)
            .help("Studies, counted as often as they were drawn.")
            .advanced();

    static final Param<Integer> GRID = Param.integer("grid", "Points of a partial dependence", 25)
            .min(5)
            .max(200)
            .advanced();

    private ForestOptions() {}

    static List<Param<?>> all() {
        return List.of(CATEGORIES, WEIGHTS, TREES, REPEATS, MTRY, NODE_SIZE, GRID);
    }
}
