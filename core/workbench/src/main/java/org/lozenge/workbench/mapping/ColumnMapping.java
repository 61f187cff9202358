package org.lozenge.workbench.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Role;

/**
 * Which columns play which roles in one run. Immutable.
 *
 * @param columns columns by role, in the order of the specification; only roles that are mapped
 * @param explicit the roles that the user mapped
 * @param used the roles whose missing cells cost the row and whose faults are errors: all but those of the alternatives
 *     that were not taken
 * @param messages what the user should know about it
 */
public record ColumnMapping(
        Map<Role, List<String>> columns, Set<Role> explicit, Set<Role> used, List<Message> messages) {

    /** Copies the messages and keeps the order of the roles. */
    public ColumnMapping {
        columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        explicit = Set.copyOf(explicit);
        used = Set.copyOf(used);
        messages = List.copyOf(messages);
    }

    /** Returns the columns by name of the role, in the order of the specification. */
    public Map<String, List<String>> byName() {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        columns.forEach((role, names) -> byName.put(role.name(), names));
        return byName;
    }
}
