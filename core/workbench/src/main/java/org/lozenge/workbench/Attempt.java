package org.lozenge.workbench;

import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;

/**
 * How the analysis of some rows ended.
 *
 * @param status how
 * @param result the result, or what was done until the run was stopped
 * @param trace stack trace, if it failed
 * @param messages everything that was said
 * @param used number of rows that the analysis received
 */
record Attempt(Section.Status status, Optional<AnalysisResult> result, String trace, List<Message> messages, int used) {

    Section section(String id, String title) {
        List<ResultItem> items = result.map(AnalysisResult::items).orElse(List.of());
        return new Section(id, title, status, items, messages);
    }
}
