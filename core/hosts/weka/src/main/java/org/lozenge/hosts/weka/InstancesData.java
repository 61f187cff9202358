package org.lozenge.hosts.weka;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.lozenge.plugin.Tablesaw;
import org.lozenge.workbench.table.Dataset;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import weka.core.Attribute;
import weka.core.Instance;
import weka.core.Instances;

/** Weka's instances as a data set: numeric attributes stay numbers, all others become texts, missing values empty. */
final class InstancesData {

    private InstancesData() {}

    static Dataset of(Instances instances) {
        Tablesaw.load();
        Table table = Table.create(instances.relationName());
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < instances.numAttributes(); i++) {
            Attribute attribute = instances.attribute(i);
            String name = unique(attribute.name(), taken);
            table.addColumns(
                    attribute.type() == Attribute.NUMERIC
                            ? numbers(name, attribute, instances)
                            : texts(name, attribute, instances));
        }
        return Dataset.of(table);
    }

    /** Tablesaw does not tell names apart that differ in case only; Weka does. */
    private static String unique(String name, Set<String> taken) {
        String unique = name;
        for (int i = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); i++) {
            unique = name + "_" + i;
        }
        return unique;
    }

    private static Column<?> numbers(String name, Attribute attribute, Instances instances) {
        return DoubleColumn.create(name, instances.attributeToDoubleArray(attribute.index()));
    }

    private static Column<?> texts(String name, Attribute attribute, Instances instances) {
        StringColumn column = StringColumn.create(name);
        for (Instance instance : instances) {
            column.append(instance.isMissing(attribute) ? "" : instance.stringValue(attribute));
        }
        return column;
    }
}
