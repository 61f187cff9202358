package org.lozenge.analyses.explore;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import smile.base.cart.CART;
import smile.base.cart.Loss;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.type.StructType;
import smile.math.MathEx;
import smile.regression.RegressionTree;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A random forest of studies' effects on their moderators, grown by Smile.
 *
 * <p>Each tree is grown on as many studies as there are, drawn with replacement with probabilities in proportion to their
 * weights, since Smile's trees take how often a study was drawn, but no weights. Studies that a tree did not draw are out of
 * its bag; predictions of them tell how well the forest predicts studies it has not seen. Everything follows from the seed.
 *
 * <p>Tables go to Smile by Tablesaw's own bridge, {@code table.smile()}.
 *
 * @see <a href="https://doi.org/10.1023/A:1010933404324">Breiman (2001), Mach. Learn. 45, 5–32</a>
 */
public final class ModeratorForest {

    /** A variable by which trees split: numbers, or names of categories. */
    public static final class Column {
        private final String name;
        private final double[] numbers;
        private final String[] texts;

        private Column(String name, double[] numbers, String[] texts) {
            this.name = name;
            this.numbers = numbers;
            this.texts = texts;
        }

        /** Returns a column of finite numbers. */
        public static Column of(String name, double... numbers) {
            return new Column(name, numbers.clone(), new String[0]);
        }

        /** Returns a column of categories. */
        public static Column of(String name, String... texts) {
            return new Column(name, new double[0], texts.clone());
        }

        /** Returns the name. */
        public String name() {
            return name;
        }

        /** Returns whether it holds numbers. */
        public boolean isNumeric() {
            return texts.length == 0;
        }

        /** Returns the categories in alphabetical order; empty for numbers. */
        public List<String> levels() {
            return Arrays.stream(texts).distinct().sorted().toList();
        }

        /** Returns the numbers, or the positions of the categories among {@link #levels()}. */
        public double[] values() {
            if (isNumeric()) {
                return numbers.clone();
            }
            List<String> levels = levels();
            return Arrays.stream(texts).mapToDouble(levels::indexOf).toArray();
        }
    }

    /**
     * How trees are grown.
     *
     * @param trees number of trees, at least 1
     * @param mtry number of columns tried at each split, from 1 to their number
     * @param nodeSize smallest number of drawn studies in a leaf, at least 1
     * @param seed of all random numbers
     */
    public record Settings(int trees, int mtry, int nodeSize, long seed) {}

    /** A study for Smile, which reads codes of categories as whole numbers. */
    private static final class Row implements Tuple {
        private static final long serialVersionUID = 1L;

        private final transient StructType schema;
        private final transient double[] values;

        Row(StructType schema, double[] values) {
            this.schema = schema;
            this.values = values;
        }

        @Override
        public StructType schema() {
            return schema;
        }

        @Override
        public Object get(int i) {
            return values[i];
        }

        @Override
        public double getDouble(int i) {
            return values[i];
        }

        @Override
        public int getInt(int i) {
            return (int) values[i];
        }
    }

    private static final int MAX_DEPTH = 30;

    private final List<RegressionTree> trees;
    private final boolean[][] outOfBag;
    private final StructType schema;
    private final double[][] rows;
    private final double[] y;

    private ModeratorForest(
            List<RegressionTree> trees, boolean[][] outOfBag, StructType schema, double[][] rows, double[] y) {
        this.trees = trees;
        this.outOfBag = outOfBag;
        this.schema = schema;
        this.rows = rows;
        this.y = y;
    }

    /**
     * Grows a forest.
     *
     * @param columns the variables, at least one, each with a value per study
     * @param y the effects
     * @param weights how likely each study is to be drawn, positive; any unit
     * @param settings how trees are grown
     * @return the forest
     */
    public static ModeratorForest grow(List<Column> columns, double[] y, double[] weights, Settings settings) {
        // Smile keeps its random numbers per thread: a fresh thread starts the same each time.
        FutureTask<ModeratorForest> task = new FutureTask<>(() -> grown(columns, y, weights, settings));
        Thread thread = new Thread(task, "lozenge-forest");
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while growing trees", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Growing trees failed: " + e.getCause(), e);
        }
    }

    private static ModeratorForest grown(List<Column> columns, double[] y, double[] weights, Settings settings) {
        MathEx.setSeed(settings.seed);
        SplittableRandom random = new SplittableRandom(settings.seed);
        DataFrame frame = frame(columns);
        int k = y.length;
        int[][] order = CART.order(frame);
        double[] cumulative = cumulative(weights);
        StructField response = new StructField("y", DataTypes.DoubleType);
        RegressionTree[] trees = new RegressionTree[settings.trees];
        boolean[][] out = new boolean[settings.trees][k];
        for (int t = 0; t < trees.length; t++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Interrupted while growing trees");
            }
            int[] drawn = draw(random, cumulative);
            for (int i = 0; i < k; i++) {
                out[t][i] = drawn[i] == 0;
            }
            trees[t] = new RegressionTree(
                    frame, Loss.ls(y), response, MAX_DEPTH, k, settings.nodeSize, settings.mtry, drawn, order);
        }
        return new ModeratorForest(List.of(trees), out, frame.schema(), rows(frame, columns), y.clone());
    }

    /** The columns by way of Tablesaw; categories become codes in alphabetical order. */
    private static DataFrame frame(List<Column> columns) {
        Table table = Table.create("moderators");
        for (int j = 0; j < columns.size(); j++) {
            Column column = columns.get(j);
            // Names of users' columns may clash or hold anything.
            table.addColumns(
                    column.isNumeric()
                            ? DoubleColumn.create("x" + j, column.numbers)
                            : StringColumn.create("x" + j, column.texts));
        }
        DataFrame frame = table.smile().toDataFrame();
        for (int j = 0; j < columns.size(); j++) {
            if (!columns.get(j).isNumeric()) {
                frame = frame.factorize("x" + j);
            }
        }
        return frame;
    }

    private static double[][] rows(DataFrame frame, List<Column> columns) {
        double[][] rows = new double[frame.nrows()][columns.size()];
        for (int j = 0; j < columns.size(); j++) {
            for (int i = 0; i < rows.length; i++) {
                rows[i][j] = columns.get(j).isNumeric() ? frame.getDouble(i, j) : frame.getInt(i, j);
            }
        }
        return rows;
    }

    private static double[] cumulative(double[] weights) {
        double[] sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += weights[i];
            sums[i] = sum;
        }
        return sums;
    }

    /** How often each study is drawn. */
    private static int[] draw(SplittableRandom random, double[] cumulative) {
        int k = cumulative.length;
        int[] counts = new int[k];
        for (int draw = 0; draw < k; draw++) {
            double u = random.nextDouble() * cumulative[k - 1];
            int at = Arrays.binarySearch(cumulative, u);
            counts[Math.min(k - 1, at < 0 ? -at - 1 : at + 1)]++;
        }
        return counts;
    }

    // ---- what a forest tells

    /** Returns the number of trees. */
    public int size() {
        return trees.size();
    }

    private double predict(int tree, double[] row) {
        return trees.get(tree).predict(new Row(schema, row));
    }

    /**
     * Returns for each study the sum of the predictions of the trees that did not draw it, and their number.
     *
     * @return sums in row 0, numbers in row 1, to be added over forests
     */
    public double[][] outOfBagSums() {
        double[][] sums = new double[2][y.length];
        for (int t = 0; t < trees.size(); t++) {
            for (int i = 0; i < y.length; i++) {
                if (outOfBag[t][i]) {
                    sums[0][i] += predict(t, rows[i]);
                    sums[1][i]++;
                }
            }
        }
        return sums;
    }

    /**
     * Returns how much worse the forest predicts studies out of the bag when a column is shuffled among them: the mean over
     * trees of the rise in the weighted mean square error.
     *
     * @param column position of the column, from 0
     * @param weights weights of the studies' errors
     * @param seed of the shuffles
     * @return the rise, in squared units of the effect; below 0 if shuffling helps by chance
     */
    public double importance(int column, double[] weights, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        int counted = 0;
        for (int t = 0; t < trees.size(); t++) {
            int[] out = positions(outOfBag[t]);
            if (out.length < 2) {
                continue;
            }
            int[] from = shuffled(out, random);
            double rise = 0;
            double total = 0;
            for (int j = 0; j < out.length; j++) {
                int i = out[j];
                double[] changed = rows[i].clone();
                changed[column] = rows[from[j]][column];
                double before = y[i] - predict(t, rows[i]);
                double after = y[i] - predict(t, changed);
                rise += weights[i] * (after * after - before * before);
                total += weights[i];
            }
            sum += rise / total;
            counted++;
        }
        return counted == 0 ? 0 : sum / counted;
    }

    private static int[] positions(boolean[] flags) {
        int[] at = new int[flags.length];
        int count = 0;
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                at[count++] = i;
            }
        }
        return Arrays.copyOf(at, count);
    }

    private static int[] shuffled(int[] values, SplittableRandom random) {
        int[] out = values.clone();
        for (int i = out.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = out[i];
            out[i] = out[j];
            out[j] = kept;
        }
        return out;
    }

    /**
     * Returns the partial dependence: the weighted mean of the forest's predictions if all studies had a value.
     *
     * @param column position of the column, from 0
     * @param values values of {@link Column#values()} to look at
     * @param weights weights of the studies
     * @return a prediction per value
     */
    public double[] partialDependence(int column, double[] values, double[] weights) {
        double total = Arrays.stream(weights).sum();
        double[] means = new double[values.length];
        for (int v = 0; v < values.length; v++) {
            double sum = 0;
            for (int i = 0; i < rows.length; i++) {
                double[] changed = rows[i].clone();
                changed[column] = values[v];
                double prediction = 0;
                for (int t = 0; t < trees.size(); t++) {
                    prediction += predict(t, changed);
                }
                sum += weights[i] * prediction;
            }
            means[v] = sum / total / trees.size();
        }
        return means;
    }
}
