package org.lozenge.analyses.subgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;

/** What a reader of subgroups should beware of. */
final class SubgroupWarnings {

    /** Below, a between-study variance of its own is hardly known. */
    private static final int FEW = 5;

    /** Above, groups of numbers are better taken as numbers. */
    private static final int MANY_NUMBERS = 4;

    /** Above, groups are many. */
    private static final int MANY = 10;

    private SubgroupWarnings() {}

    static void requireGroups(Inputs in, String column, String[] names) {
        long count = Arrays.stream(names).distinct().count();
        if (names.length == 0) {
            throw new AnalysisException(
                    "all-missing", in.source() + ": column '" + column + "' is empty in all usable rows.");
        }
        if (count == 1) {
            throw new AnalysisException(
                    "one-group",
                    in.source() + ": column '" + column + "' has the value '" + names[0] + "' in "
                            + (names.length == 1 ? "the one usable row" : "all " + names.length + " usable rows")
                            + ", so there are no groups to compare. Map another column, or use pool.");
        }
        if (count == names.length) {
            throw new AnalysisException(
                    "group-per-study",
                    in.source() + ": column '" + column + "' has another value in each of " + names.length
                            + " rows, so each study is a group. "
                            + (isNumbers(names)
                                    ? "Take it as a number: " + regression(column)
                                    : "Map a column whose values are shared by studies."));
        }
    }

    /** The call that takes columns as moderators. */
    static String regression(String columns) {
        String map = "moderators=" + columns;
        return "lozenge run meta-regression --map " + (columns.contains(" ") ? '"' + map + '"' : map) + ".";
    }

    private static boolean isNumbers(String[] names) {
        return Arrays.stream(names).allMatch(name -> NumberText.parse(name).isPresent());
    }

    static List<Message> beforehand(Inputs in, String column, String[] names) {
        List<Message> messages = new ArrayList<>();
        long count = Arrays.stream(names).distinct().count();
        if (isNumbers(names) && count > MANY_NUMBERS) {
            messages.add(Message.warning(
                    "numeric-group",
                    in.source() + ": column '" + column + "' holds numbers, " + count
                            + " different ones. Groups lose their order and size; take the column as a number: "
                            + regression(column)));
        } else if (count > MANY) {
            messages.add(Message.warning(
                    "many-groups",
                    in.source() + ": column '" + column + "' makes " + count + " groups of " + names.length
                            + " studies. Merge groups, or use meta-regression, which gives them a common between-study"
                            + " variance."));
        }
        return messages;
    }

    static List<Message> of(Inputs in, Groups groups, int[] rows) {
        List<Message> messages = new ArrayList<>();
        List<Group> single = groups.groups().stream().filter(g -> g.k() == 1).toList();
        if (!single.isEmpty()) {
            messages.add(Message.warning(
                            "single-study-group",
                            in.source() + ": " + names(single) + (single.size() == 1 ? " has" : " have")
                                    + " one study only, so the group is that study: nothing tells how effects vary within"
                                    + " it.")
                    .at(single.stream()
                            .mapToInt(g -> rows[g.positions().get(0)])
                            .toArray()));
        }
        List<Group> few =
                groups.groups().stream().filter(g -> g.k() > 1 && g.k() < FEW).toList();
        if (!few.isEmpty() && !groups.isCommon()) {
            messages.add(Message.warning(
                    "small-groups",
                    in.source() + ": " + names(few) + (few.size() == 1 ? " has" : " have") + " fewer than " + FEW
                            + " studies, too few to know a between-study variance of "
                            + (few.size() == 1 ? "its" : "their")
                            + " own. Consider --tau2-within common."));
        }
        if (Double.isNaN(groups.betweenRandom().statistic())) {
            messages.add(Message.warning(
                    "no-test",
                    in.source() + ": the groups by '" + groups.column()
                            + "' cannot be tested, because the standard error of a group is 0."));
        }
        return messages;
    }

    private static String names(List<Group> groups) {
        return groups.stream()
                        .limit(10)
                        .map(g -> "'" + g.name() + "' (k = " + g.k() + ")")
                        .collect(Collectors.joining(", "))
                + (groups.size() > 10 ? " and " + (groups.size() - 10) + " more" : "");
    }
}
